import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { planKey, plansKey, usePlan } from '../api/plans.ts';
import type { PlanReply } from '../api/types.ts';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { FailedPlan } from './failed-plan.tsx';
import { LivePlanView } from './live-plan-view.tsx';
import styles from './plan-page.module.css';
import { StandingPlan } from './standing-plan.tsx';
import { usePlanStream } from './use-plan-stream.ts';

/** One plan: being drafted, standing, or failed. */
export function PlanPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const plan = usePlan(id);
  usePageTitle(plan.data?.plan?.title ?? plan.data?.topic);
  return (
    <div className={styles.page}>
      <p className={styles.back} data-screen-only>
        <Link href="/plans">{t('plan.back')}</Link>
      </p>
      <QueryView query={plan}>{reply => <PlanState reply={reply} />}</QueryView>
    </div>
  );
}

function PlanState({ reply }: { reply: PlanReply }) {
  const client = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const live = usePlanStream(reply.state === 'streaming' ? reply.id : null, attempt, ended => {
    client.setQueryData(planKey(reply.id), ended);
    void client.invalidateQueries({ queryKey: plansKey });
  });
  const reload = () => {
    setAttempt(attempt + 1);
    void client.invalidateQueries({ queryKey: planKey(reply.id) });
  };
  if (reply.state === 'streaming') return <LivePlanView reply={reply} live={live} onReload={reload} />;
  if (reply.plan) return <StandingPlan reply={reply} plan={reply.plan} />;
  return <FailedPlan reply={reply} />;
}
