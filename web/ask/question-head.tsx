import { Button, Textarea } from '@mantine/core';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/conversations.ts';
import { useSession } from '../api/session.ts';
import type { Message } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { onEnter } from '../ui/on-enter.ts';
import { isText, useDraft } from '../ui/use-draft.ts';
import styles from './question-head.module.css';

interface Props {
  conversationId: string;
  question: Message;
  /** The last question, answered: only then another one can take its place. */
  editable: boolean;
}

/** A question as the heading of its answer; the last one may be put in other words. */
export function QuestionHead({ conversationId, question, editable }: Props) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) opener.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing && editable) {
    return (
      <QuestionEditor conversationId={conversationId} question={question} onClose={() => setEditing(false)} />
    );
  }
  return (
    <div className={styles.head}>
      <h2 className={styles.question} lang={textLanguage(question.text)} dir="auto">
        {question.text}
      </h2>
      {editable && (
        <button
          ref={opener}
          type="button"
          className={styles.edit}
          data-screen-only
          onClick={() => setEditing(true)}
        >
          {t('ask.edit')}
        </button>
      )}
    </div>
  );
}

function QuestionEditor({
  conversationId,
  question,
  onClose,
}: {
  conversationId: string;
  question: Message;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const account = useSession().data?.account;
  const { draft, setDraft, clearDraft } = useDraft(
    `edit.${account?.id ?? ''}.${question.id}`,
    question.text,
    isText,
  );
  const ask = useAsk(conversationId);
  const ready = draft.trim() !== '' && draft.trim() !== question.text && !ask.isPending;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ready) ask.mutate({ question: draft, replaces: question.id }, { onSuccess: clearDraft });
  };
  const cancel = () => {
    clearDraft();
    onClose();
  };
  return (
    <form className={styles.editor} onSubmit={submit}>
      <Textarea
        label={t('ask.edited')}
        description={t('ask.editHint')}
        value={draft}
        maxLength={4000}
        autosize
        maxRows={8}
        autoFocus
        onChange={event => setDraft(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') cancel();
          else onEnter(submit)(event);
        }}
      />
      <div className={styles.choice}>
        <Button type="submit" variant="filled" size="xs" loading={ask.isPending} disabled={!ready}>
          {t('ask.sendEdited')}
        </Button>
        <Button size="xs" onClick={cancel}>
          {t('common.cancel')}
        </Button>
      </div>
      {ask.error && <ErrorNotice error={ask.error} safe={t('ask.safe')} />}
    </form>
  );
}
