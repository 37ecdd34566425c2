import { memo, type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AssistantMessage } from '../answer/assistant-message.tsx';
import type { Conversation, Message } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { useNear } from '../ui/use-near.ts';
import styles from './exchange.module.css';
import { QuestionHead } from './question-head.tsx';

interface Props {
  conversationId: string;
  question: Message;
  answer: Message | undefined;
  /** The stage for which the conversation began, shown above its first answer. */
  stage?: Conversation['stage'] | undefined;
  /** Whether it follows others and is the last: it is brought to the top of the screen. */
  newest: boolean;
  /** Asks the question again; only for the last one. */
  onAskAgain?: ((question: Message) => void) | undefined;
  ref?: RefObject<HTMLElement | null> | undefined;
}

/**
 * A question and its answer, which is drawn when it comes near the screen. In a conversation of hundreds only what
 * changed is drawn again: otherwise every press in the page around it would cost seconds.
 */
export const Exchange = memo(function Exchange(props: Props) {
  const { conversationId, question, answer, stage, newest, onAskAgain, ref } = props;
  const { t } = useTranslation();
  const labels = useLabels();
  const own = useRef<HTMLElement>(null);
  const place = ref ?? own;
  const near = useNear(place, ref !== undefined);
  return (
    <article
      ref={place}
      tabIndex={-1}
      className={styles.exchange}
      data-newest={newest || undefined}
      data-far={!near || undefined}
    >
      <QuestionHead
        conversationId={conversationId}
        question={question}
        editable={onAskAgain !== undefined && answer?.state !== 'streaming'}
      />
      {stage && <p className={styles.stage}>{t('ask.forStage', { stage: labels.stage(stage) })}</p>}
      {near && answer && (
        <AssistantMessage
          conversationId={conversationId}
          message={answer}
          question={question.text}
          onAskAgain={onAskAgain && (() => onAskAgain(question))}
        />
      )}
    </article>
  );
});
