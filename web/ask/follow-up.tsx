import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/conversations.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './follow-up.module.css';
import { QuestionForm } from './question-form.tsx';
import { useQuestionDraft } from './use-question-draft.ts';

/** The box for the next question. It keeps its text to itself, so that a key draws no answer again. */
export function FollowUp({ conversationId, waiting }: { conversationId: string; waiting: boolean }) {
  const { t } = useTranslation();
  const ask = useAsk(conversationId);
  const { draft, setDraft, clearDraft } = useQuestionDraft(conversationId);
  const { question, stage, language } = draft;
  return (
    <>
      {ask.error && <ErrorNotice error={ask.error} safe={t('ask.safe')} />}
      <div className={styles.follow} data-screen-only>
        <QuestionForm
          draft={draft}
          onChange={setDraft}
          onSend={() => ask.mutate({ question, stage, language }, { onSuccess: clearDraft })}
          busy={ask.isPending}
          waiting={waiting}
          label={t('ask.follow')}
          compact
        />
      </div>
    </>
  );
}
