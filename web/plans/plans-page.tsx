import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCreatePlan, usePlans } from '../api/plans.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { PlanForm } from './plan-form.tsx';
import styles from './plans-page.module.css';
import { requestOfDraft, usePlanDraft } from './use-plan-draft.ts';

/** The teacher's desk: a form for the next plan, and the plans so far. */
export function PlansPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const plans = usePlans();
  const create = useCreatePlan();
  const { draft, setDraft, clearDraft } = usePlanDraft();
  usePageTitle(t('nav.plans'));
  const send = () =>
    create.mutate(requestOfDraft(draft), {
      onSuccess: reply => {
        clearDraft();
        navigate(`/plans/${reply.planId}`);
      },
    });
  const fillExample = () =>
    setDraft({
      ...draft,
      topic: t('plans.example.topic'),
      subject: t('plans.example.subject'),
      grade: t('plans.example.grade'),
      stage: 'junior',
    });
  return (
    <div className={styles.page}>
      <section className={styles.new}>
        <h1>{t('plans.title')}</h1>
        <p className={styles.lead}>{t('plans.lead')}</p>
        <PlanForm draft={draft} onChange={setDraft} onSend={send} busy={create.isPending} />
        {draft.topic === '' && <ExampleButton text={t('plans.exampleText')} onTry={fillExample} />}
        {create.error && <ErrorNotice error={create.error} safe={t('plans.safe')} />}
      </section>
      <section>
        <h2>{t('plans.yours')}</h2>
        <QueryView query={plans}>
          {cards => (
            <ul className={styles.list}>
              {cards.length === 0 && <li className={styles.none}>{t('plans.none')}</li>}
              {cards.map(card => (
                <li key={card.id} className={styles.card}>
                  <Link href={`/plans/${card.id}`} lang={textLanguage(card.topic)} dir="auto">
                    {card.topic}
                  </Link>
                  <p className={styles.meta}>
                    {card.state !== 'done' && <span>{t(`plans.state.${card.state}`)} · </span>}
                    <time dateTime={card.updatedAt}>{format.dateTime(card.updatedAt)}</time>
                  </p>
                </li>
              ))}
            </ul>
          )}
        </QueryView>
      </section>
    </div>
  );
}
