import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import type { Answer, Message } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { AiLabel } from '../ui/ai-label.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { FeedbackButtons } from '../ui/feedback-buttons.tsx';
import { AnswerActions } from './answer-actions.tsx';
import viewStyles from './answer-view.module.css';
import { FurtherReading } from './further-reading.tsx';
import styles from './no-evidence.module.css';

interface Props {
  message: Message;
  answer: Answer;
  question: string;
  onAskAgain: (() => void) | undefined;
}

/** "The library does not say": what was searched, what is nearest, and how to have it added. An answer, not an error. */
export function NoEvidence({ message, answer, question, onAskAgain }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useSession().data?.library;
  const wish = useMutation({
    mutationFn: () => callApi('/api/wishes', { method: 'POST', body: { messageId: message.id } }),
  });
  const searched = library
    ? t('none.searched', {
        question,
        passages: format.number(library.passages),
        resources: format.number(library.resources),
      })
    : t('none.searchedAll', { question });
  return (
    <section className={styles.none} data-outcome="no-evidence">
      <h3>{t('none.title')}</h3>
      <p className={styles.text}>{searched}</p>
      <FurtherReading resources={answer.nearest} title={t('none.nearest')} limit={3} />
      <div className={styles.wish}>
        {wish.isSuccess ? (
          <p role="status">{t('none.wished')}</p>
        ) : (
          <Button loading={wish.isPending} onClick={() => wish.mutate()}>
            {t('none.wish')}
          </Button>
        )}
        {wish.error && <ErrorNotice error={wish.error} />}
      </div>
      <AnswerActions id={message.id} onAskAgain={onAskAgain} texts={[t('none.title'), searched]} />
      <footer className={viewStyles.footer}>
        <AiLabel model={answer.model} />
        <FeedbackButtons kind="answer" id={message.id} given={message.feedback} about={t('answer.this')} />
      </footer>
    </section>
  );
}
