import { useTranslation } from 'react-i18next';
import { usePlanVersion } from '../api/plans.ts';
import type { PlanReply } from '../api/types.ts';
import { Notice } from '../ui/notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { PlanSheet } from './plan-sheet.tsx';
import { PlanToolbar } from './plan-toolbar.tsx';
import { RestoreButton } from './restore-button.tsx';

/** A version before the newest: to read, and to bring back. */
export function OlderVersion({ reply, number }: { reply: PlanReply; number: number }) {
  const { t } = useTranslation();
  const version = usePlanVersion(reply.id, number);
  return (
    <>
      <PlanToolbar reply={reply} shown={number} onEdit={undefined} />
      <QueryView query={version}>
        {plan => (
          <>
            <Notice>
              <p>{t('plan.older', { number })}</p>
              <p data-screen-only>
                <RestoreButton planId={reply.id} number={number} />
              </p>
            </Notice>
            <PlanSheet id={reply.id} plan={plan} />
          </>
        )}
      </QueryView>
    </>
  );
}
