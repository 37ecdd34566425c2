import { memo, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useConversation } from '../api/conversations.ts';
import type { Conversation, Message } from '../api/types.ts';
import { isOn } from '../modes/modes.ts';
import { loadMarkup } from '../rich-text/rich-text.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import styles from './conversation-view.module.css';
import { Exchange } from './exchange.tsx';
import { FollowUp } from './follow-up.tsx';

/** A conversation: its exchanges in order, and the box for the next question. */
export const ConversationView = memo(function ConversationView({ id }: { id: string }) {
  const { t } = useTranslation();
  const conversation = useConversation(id);
  usePageTitle(conversation.data?.title ?? t('nav.ask'));
  // Fetched while the library is being searched: later it would move sentences that are being read.
  useEffect(() => {
    if (!isOn('sparing')) void loadMarkup();
  }, []);
  const streaming = conversation.data?.messages.some(message => message.state === 'streaming') ?? false;
  return (
    <QueryView query={conversation}>
      {data => (
        <div className={styles.conversation}>
          <Exchanges conversation={data} />
          <FollowUp conversationId={id} waiting={streaming} />
        </div>
      )}
    </QueryView>
  );
});

function Exchanges({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const newest = useRef<HTMLElement>(null);
  const { mutate, isPending, error } = useAsk(conversation.id);
  const again = useCallback(
    ({ id: replaces, text: question }: Message) => {
      if (!isPending) mutate({ question, replaces });
    },
    [mutate, isPending],
  );
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
  return (
    <>
      {exchanges.map(({ question, answer }, i) => (
        <Exchange
          key={question.id}
          ref={i === count - 1 ? newest : undefined}
          conversationId={conversation.id}
          question={question}
          answer={answer}
          stage={i === 0 ? conversation.stage : undefined}
          newest={i > 0 && i === count - 1}
          onAskAgain={i === count - 1 ? again : undefined}
        />
      ))}
      {error && <ErrorNotice error={error} safe={t('ask.safe')} />}
    </>
  );
}

/** Questions with their answers. */
function pairs(messages: Message[]): { question: Message; answer: Message | undefined }[] {
  return messages.flatMap((question, i) => {
    if (question.role !== 'user') return [];
    const next = messages[i + 1];
    return [{ question, answer: next?.role === 'assistant' ? next : undefined }];
  });
}
