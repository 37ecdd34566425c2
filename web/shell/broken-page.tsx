import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../ui/notice.tsx';
import styles from './frame.module.css';

/** After a mistake of ours in the page; most often a new version was installed while the page was open. */
export function BrokenPage({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <main className={styles.main}>
      <Notice tone="warm" role="alert" title={t('error.page.what')}>
        <p>{t('error.page.next')}</p>
        <p>
          <Button size="xs" onClick={() => window.location.reload()}>
            {t('error.page.reload')}
          </Button>{' '}
          <small dir="auto">{error.message}</small>
        </p>
      </Notice>
    </main>
  );
}
