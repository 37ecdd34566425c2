import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAsk } from '../api/conversations.ts';
import { useSession } from '../api/session.ts';
import { useFormat } from '../language/use-format.ts';
import { useMode } from '../modes/modes.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import styles from './new-question.module.css';
import { QuestionForm } from './question-form.tsx';
import { useQuestionDraft } from './use-question-draft.ts';

const EXAMPLES = ['one', 'two', 'three'] as const;

/** Where a conversation begins: one box, and three questions that show what it does, of the asker's stage. */
export function NewQuestion() {
  const { t } = useTranslation();
  const format = useFormat();
  const elder = useMode('elder');
  const [, navigate] = useLocation();
  const session = useSession().data;
  const ask = useAsk(undefined);
  const { draft, setDraft, clearDraft } = useQuestionDraft('new');
  usePageTitle(t('nav.ask'));
  const send = (question: string) =>
    ask.mutate(
      { question, stage: draft.stage, language: draft.language },
      {
        onSuccess: reply => {
          clearDraft();
          navigate(`/ask/${reply.conversationId}`);
        },
      },
    );
  const stage = draft.stage ?? session?.account?.stage;
  const resources = session?.library.resources ?? 0;
  return (
    <div className={styles.new}>
      <h1>{t('ask.title')}</h1>
      {session && resources > 0 && !elder && (
        <p className={styles.lead}>
          {t('ask.lead', {
            resources: format.number(resources),
            passages: format.number(session.library.passages),
          })}
        </p>
      )}
      {session && resources === 0 && (
        <Notice tone="warm" title={t('ask.emptyLibrary')}>
          <p>{t('ask.emptyLibraryNext')}</p>
        </Notice>
      )}
      <QuestionForm
        draft={draft}
        onChange={setDraft}
        onSend={() => send(draft.question)}
        busy={ask.isPending}
        label={t('ask.question')}
        autoFocus
      />
      {ask.error && <ErrorNotice error={ask.error} safe={t('ask.safe')} />}
      <section className={styles.examples}>
        <h2 className={styles.title}>{t('ask.try')}</h2>
        <ul>
          {EXAMPLES.map(name => {
            const text = stage ? t(`ask.example.ofStage.${stage}.${name}`) : t(`ask.example.${name}`);
            return (
              <li key={name}>
                <ExampleButton text={text} onTry={() => send(text)} />
              </li>
            );
          })}
        </ul>
        {!elder && <p className={styles.hint}>{t('ask.promise')}</p>}
      </section>
    </div>
  );
}
