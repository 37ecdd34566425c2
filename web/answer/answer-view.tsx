import { useTranslation } from 'react-i18next';
import type { Answer, Message } from '../api/types.ts';
import { useMode } from '../modes/modes.ts';
import { SourceNotes } from '../sources/source-notes.tsx';
import { WithSources } from '../sources/with-sources.tsx';
import { AiLabel } from '../ui/ai-label.tsx';
import { FeedbackButtons } from '../ui/feedback-buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { AnswerActions } from './answer-actions.tsx';
import styles from './answer-view.module.css';
import { FurtherReading } from './further-reading.tsx';
import { NoEvidence } from './no-evidence.tsx';
import { Prose } from './prose.tsx';

interface Props {
  message: Message;
  answer: Answer;
  question: string;
  onAskAgain: (() => void) | undefined;
}

/** A finished answer, whatever its outcome. */
export function AnswerView({ message, answer, question, onAskAgain }: Props) {
  const { t } = useTranslation();
  const elder = useMode('elder');
  const { outcome, sentences, citations, notice, nearest, model } = answer;
  if (outcome === 'no-evidence')
    return <NoEvidence message={message} answer={answer} question={question} onAskAgain={onAskAgain} />;
  const title = outcome === 'answered' ? undefined : t(`outcome.${outcome}`);
  const feedbackId = (n: number) => `${message.id}:${n}`;
  return (
    <WithSources citations={citations} feedbackId={feedbackId}>
      {title && (
        <Notice tone="warm" title={title}>
          {notice && <p dir="auto">{notice}</p>}
        </Notice>
      )}
      {sentences.length > 0 && (
        <Prose
          readAs={message.id}
          sentences={sentences}
          citations={citations}
          live={false}
          feedbackId={feedbackId}
        />
      )}
      {message.state === 'stopped' && <p className={styles.state}>{t('answer.stopped')}</p>}
      {!title && notice && (
        <p className={styles.notice} dir="auto">
          {notice}
        </p>
      )}
      <AnswerActions
        id={message.id}
        onAskAgain={onAskAgain}
        texts={sentences.length > 0 ? sentences.map(({ text }) => text) : [title, notice]}
      />
      <footer className={styles.footer}>
        <AiLabel model={model} />
        <FeedbackButtons kind="answer" id={message.id} given={message.feedback} about={t('answer.this')} />
      </footer>
      <SourceNotes citations={citations} />
      {!elder && <FurtherReading resources={nearest} title={t('answer.further')} limit={3} />}
    </WithSources>
  );
}
