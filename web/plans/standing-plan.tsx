import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlanVersion } from '../api/plans.ts';
import type { Plan, PlanReply } from '../api/types.ts';
import { Notice } from '../ui/notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { useQueryParams } from '../ui/use-query-params.ts';
import { PlanEditor } from './plan-editor.tsx';
import { PlanSheet } from './plan-sheet.tsx';
import { PlanToolbar } from './plan-toolbar.tsx';

/** A plan that stands: to read, edit, print, export; older versions to read. */
export function StandingPlan({ reply, plan }: { reply: PlanReply; plan: Plan }) {
  const { t } = useTranslation();
  const { params } = useQueryParams();
  const [editing, setEditing] = useState(false);
  const newest = reply.versions.at(-1)?.number ?? 1;
  const asked = Number(params.get('version'));
  const older = reply.versions.some(({ number }) => number === asked) && asked !== newest ? asked : null;
  if (editing) return <PlanEditor reply={reply} plan={plan} onDone={() => setEditing(false)} />;
  return (
    <>
      <PlanToolbar
        reply={reply}
        shown={older ?? newest}
        onEdit={older ? undefined : () => setEditing(true)}
      />
      {reply.state === 'stopped' && <Notice>{t('plan.stopped')}</Notice>}
      {older ? <OlderVersion id={reply.id} number={older} /> : <PlanSheet id={reply.id} plan={plan} />}
    </>
  );
}

function OlderVersion({ id, number }: { id: string; number: number }) {
  const { t } = useTranslation();
  const version = usePlanVersion(id, number);
  return (
    <QueryView query={version}>
      {plan => (
        <>
          <Notice>{t('plan.older', { number })}</Notice>
          <PlanSheet id={id} plan={plan} />
        </>
      )}
    </QueryView>
  );
}
