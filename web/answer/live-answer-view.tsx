import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { stopAnswer } from '../api/conversations.ts';
import { WithSources } from '../sources/with-sources.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './live-answer-view.module.css';
import { Prose } from './prose.tsx';
import type { LiveAnswer } from './use-answer-stream.ts';

interface Props {
  messageId: string;
  live: LiveAnswer;
  onReload: () => void;
}

/** An answer while it is written: each sentence appears once it has been checked. */
export function LiveAnswerView({ messageId, live, onReload }: Props) {
  const { t } = useTranslation();
  const stop = useMutation({ mutationFn: () => stopAnswer(messageId) });
  return (
    <WithSources citations={live.citations}>
      {/* Always there, so that a screen reader hears the first sentence too. */}
      <Prose sentences={live.sentences} citations={live.citations} live />
      <p className={styles.progress}>
        <span role="status" className={styles.state}>
          {progressText()}
        </span>
        {live.trouble === 'closed' ? (
          <Button size="xs" onClick={onReload}>
            {t('answer.reload')}
          </Button>
        ) : (
          <Button size="xs" disabled={stop.isSuccess} loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('answer.stop')}
          </Button>
        )}
      </p>
      {stop.error && <ErrorNotice error={stop.error} />}
    </WithSources>
  );

  function progressText(): string {
    if (live.trouble === 'closed') return t('answer.closed');
    if (live.trouble === 'waiting') return t('answer.waiting');
    if (stop.isSuccess) return t('answer.stopping');
    if (!live.found) return t('answer.searching');
    return t('answer.found', { passages: live.found.passages, count: live.found.resources });
  }
}
