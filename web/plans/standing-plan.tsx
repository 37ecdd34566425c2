import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan, PlanReply, SectionKey } from '../api/types.ts';
import { Notice } from '../ui/notice.tsx';
import { useQueryParams } from '../ui/use-query-params.ts';
import { NewestPlan } from './newest-plan.tsx';
import { OlderVersion } from './older-version.tsx';
import { PlanEditor } from './plan-editor.tsx';
import { VersionsView } from './versions-view.tsx';

/** A plan that stands: to read, edit, print, export; older versions to read, compare and bring back. */
export function StandingPlan({ reply, plan }: { reply: PlanReply; plan: Plan }) {
  const { t } = useTranslation();
  const { params } = useQueryParams();
  const [editing, setEditing] = useState<{ at: SectionKey | null } | null>(null);
  const newest = reply.versions.at(-1)?.number ?? 1;
  const asked = Number(params.get('version'));
  const older = reply.versions.some(({ number }) => number === asked) && asked !== newest ? asked : null;
  if (params.has('versions')) return <VersionsView reply={reply} />;
  if (editing) {
    return <PlanEditor reply={reply} plan={plan} at={editing.at} onDone={() => setEditing(null)} />;
  }
  return (
    <>
      {reply.state === 'stopped' && <Notice>{t('plan.stopped')}</Notice>}
      {older ? (
        <OlderVersion reply={reply} number={older} />
      ) : (
        <NewestPlan key={reply.id} reply={reply} plan={plan} onEdit={at => setEditing({ at })} />
      )}
    </>
  );
}
