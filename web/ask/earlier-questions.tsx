import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './earlier-questions.module.css';
import { HistoryList } from './history-list.tsx';

/** The conversations so far, in the page itself and only when asked for. */
export function EarlierQuestions() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <div className={styles.earlier}>
      <Button size="md" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {t('history.earlier')}
      </Button>
      {opened && <HistoryList current={undefined} />}
    </div>
  );
}
