import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readStored, writeStored } from '../ui/stored.ts';
import styles from './ask-page.module.css';
import { ConversationView } from './conversation-view.tsx';
import { HistoryList } from './history-list.tsx';
import { NewQuestion } from './new-question.tsx';

const FOLDED = 'zhujiao.history-folded';

/** Questions and answers; the conversations so far beside them, in a drawer on a small screen. */
export function AskPage({ conversationId }: { conversationId?: string | undefined }) {
  const { t } = useTranslation();
  const wide = useMediaQuery('(min-width: 56em)', undefined, { getInitialValueInEffect: false });
  const [folded, setFolded] = useState(() => readStored(FOLDED) === 'yes');
  const [drawer, setDrawer] = useState(false);
  const shown = wide && !folded;
  const toggle = () => {
    if (!wide) return setDrawer(true);
    setFolded(!folded);
    writeStored(FOLDED, folded ? null : 'yes');
  };
  return (
    <div className={styles.page} data-history={shown || undefined}>
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
      {!wide && (
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
      </div>
    </div>
  );
}
