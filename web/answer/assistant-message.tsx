import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationKey, withMessage } from '../api/conversations.ts';
import type { Conversation, Message } from '../api/types.ts';
import { Notice } from '../ui/notice.tsx';
import { AnswerView } from './answer-view.tsx';
import { LiveAnswerView } from './live-answer-view.tsx';
import { useAnswerStream } from './use-answer-stream.ts';

interface Props {
  conversationId: string;
  message: Message;
  question: string;
  /** Asks the same again in place of this answer; only for the last one. */
  onAskAgain: (() => void) | undefined;
}

/** The assistant's side of an exchange: being written, finished, stopped or failed. */
export function AssistantMessage({ conversationId, message, question, onAskAgain }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const key = conversationKey(conversationId);
  const live = useAnswerStream(message.state === 'streaming' ? message.id : null, attempt, ended => {
    client.setQueryData<Conversation>(key, conversation => conversation && withMessage(conversation, ended));
  });
  const reload = () => {
    setAttempt(attempt + 1);
    void client.invalidateQueries({ queryKey: key });
  };
  if (message.state === 'streaming') {
    return <LiveAnswerView messageId={message.id} live={live} onReload={reload} />;
  }
  if (message.answer && message.state !== 'failed') {
    return (
      <AnswerView message={message} answer={message.answer} question={question} onAskAgain={onAskAgain} />
    );
  }
  const stopped = message.state === 'stopped';
  return (
    <Notice tone={stopped ? 'plain' : 'warm'} title={stopped ? t('answer.stoppedEarly') : t('answer.failed')}>
      {message.text && <p dir="auto">{message.text}</p>}
      {message.error && !stopped && <p dir="auto">{message.error}</p>}
      <p>{t('answer.questionKept')}</p>
      {onAskAgain && (
        <p>
          <Button size="xs" onClick={onAskAgain}>
            {t('answer.again')}
          </Button>
        </p>
      )}
    </Notice>
  );
}
