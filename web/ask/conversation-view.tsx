import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AssistantMessage } from '../answer/assistant-message.tsx';
import { useAsk, useConversation } from '../api/conversations.ts';
import type { Conversation, Message } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { isOn } from '../modes/modes.ts';
import { loadMarkup } from '../rich-text/rich-text.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import styles from './conversation-view.module.css';
import { QuestionForm } from './question-form.tsx';
import { QuestionHead } from './question-head.tsx';
import { useQuestionDraft } from './use-question-draft.ts';

/** A conversation: its exchanges in order, and the box for the next question. */
export function ConversationView({ id }: { id: string }) {
  const { t } = useTranslation();
  const conversation = useConversation(id);
  const ask = useAsk(id);
  const { draft, setDraft, clearDraft } = useQuestionDraft(id);
  usePageTitle(conversation.data?.title ?? t('nav.ask'));
  const send = (question: string) =>
    ask.mutate({ question, stage: draft.stage, language: draft.language }, { onSuccess: clearDraft });
  const again = ({ id: replaces, text: question }: Message) => {
    if (!ask.isPending) ask.mutate({ question, replaces });
  };
  // Fetched while the library is being searched: later it would move sentences that are being read.
  useEffect(() => {
    if (!isOn('sparing')) void loadMarkup();
  }, []);
  const streaming = conversation.data?.messages.some(message => message.state === 'streaming') ?? false;
  return (
    <QueryView query={conversation}>
      {data => (
        <div className={styles.conversation}>
          <Exchanges conversation={data} onAskAgain={again} />
          {ask.error && <ErrorNotice error={ask.error} safe={t('ask.safe')} />}
          <div className={styles.follow} data-screen-only>
            <QuestionForm
              draft={draft}
              onChange={setDraft}
              onSend={() => send(draft.question)}
              busy={ask.isPending}
              waiting={streaming}
              label={t('ask.follow')}
              compact
            />
          </div>
        </div>
      )}
    </QueryView>
  );
}

function Exchanges({
  conversation,
  onAskAgain,
}: {
  conversation: Conversation;
  onAskAgain: (question: Message) => void;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const newest = useRef<HTMLElement>(null);
  const exchanges = pairs(conversation.messages);
  const count = exchanges.length;
  const last = exchanges.at(-1)?.question.id;
  const before = useRef(last);
  useEffect(() => {
    // A follow-up appears below what was read: it is brought to the top of the screen, the first one is there already.
    if (count > 1 || last !== before.current) newest.current?.scrollIntoView({ block: 'start' });
    // What had the focus left the page together with the question that was replaced.
    if (last !== before.current && document.activeElement === document.body)
      newest.current?.focus({ preventScroll: true });
    before.current = last;
  }, [count, last]);
  return exchanges.map(({ question, answer }, i) => (
    <article
      key={question.id}
      ref={i === count - 1 ? newest : undefined}
      tabIndex={-1}
      className={styles.exchange}
      data-newest={(i > 0 && i === count - 1) || undefined}
    >
      <QuestionHead
        conversationId={conversation.id}
        question={question}
        editable={i === count - 1 && answer?.state !== 'streaming'}
      />
      {i === 0 && conversation.stage && (
        <p className={styles.stage}>{t('ask.forStage', { stage: labels.stage(conversation.stage) })}</p>
      )}
      {answer && (
        <AssistantMessage
          conversationId={conversation.id}
          message={answer}
          question={question.text}
          onAskAgain={i === count - 1 ? () => onAskAgain(question) : undefined}
        />
      )}
    </article>
  ));
}

/** Questions with their answers. */
function pairs(messages: Message[]): { question: Message; answer: Message | undefined }[] {
  return messages.flatMap((question, i) => {
    if (question.role !== 'user') return [];
    const next = messages[i + 1];
    return [{ question, answer: next?.role === 'assistant' ? next : undefined }];
  });
}
