import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCreatePlan } from '../api/plans.ts';
import type { PlanReply } from '../api/types.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';

/** A plan of which nothing came: why, and the same once more. */
export function FailedPlan({ reply }: { reply: PlanReply }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const create = useCreatePlan();
  const again = () =>
    create.mutate(reply.request, { onSuccess: ({ planId }) => navigate(`/plans/${planId}`) });
  return (
    <>
      <Notice tone="warm" title={t('plan.failed')}>
        {reply.error && <p dir="auto">{reply.error}</p>}
        <p>{t('plan.failedNext')}</p>
        <p>
          <Button size="xs" loading={create.isPending} onClick={again}>
            {t('plan.again')}
          </Button>
        </p>
      </Notice>
      {create.error && <ErrorNotice error={create.error} safe={t('plans.safe')} retry={again} />}
    </>
  );
}
