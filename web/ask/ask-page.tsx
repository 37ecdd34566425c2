import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMode } from '../modes/modes.ts';
import { readStored, writeStored } from '../ui/stored.ts';
import styles from './ask-page.module.css';
import { ConversationView } from './conversation-view.tsx';
import { EarlierQuestions } from './earlier-questions.tsx';
import { HistoryList } from './history-list.tsx';
import { NewQuestion } from './new-question.tsx';

const FOLDED = 'zhujiao.history-folded';

/**
 * Questions and answers; the conversations so far beside them, in a drawer on a small screen. Elder mode has nothing at
 * the side: there they stand below the next question.
 */
export function AskPage({ conversationId }: { conversationId?: string | undefined }) {
  const { t } = useTranslation();
  const wide = useMediaQuery('(min-width: 56em)', undefined, { getInitialValueInEffect: false });
  const [folded, setFolded] = useState(() => readStored(FOLDED) === 'yes');
  const [drawer, setDrawer] = useState(false);
  const elder = useMode('elder');
  const shown = wide && !folded && !elder;
  const toggle = () => {
    if (!wide) return setDrawer(true);
    setFolded(!folded);
    writeStored(FOLDED, folded ? null : 'yes');
  };
  return (
    <div className={styles.page} data-history={shown || undefined}>
      {!elder && (
        <div className={styles.side} data-screen-only>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={wide ? shown : drawer}
            onClick={toggle}
          >
            {shown ? t('history.hide') : t('history.show')}
          </button>
          {shown && <HistoryList current={conversationId} />}
        </div>
      )}
      {!wide && !elder && (
        <Drawer
          opened={drawer}
          onClose={() => setDrawer(false)}
          title={t('history.title')}
          closeButtonProps={{ 'aria-label': t('common.close') }}
          size="85%"
        >
          <HistoryList current={conversationId} onChosen={() => setDrawer(false)} />
        </Drawer>
      )}
      <div className={styles.content}>
        {conversationId ? <ConversationView key={conversationId} id={conversationId} /> : <NewQuestion />}
        {elder && !conversationId && <EarlierQuestions />}
      </div>
    </div>
  );
}
