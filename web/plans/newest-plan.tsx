import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRestoreVersion } from '../api/plans.ts';
import type { Plan, PlanReply, SectionKey } from '../api/types.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useLeaveGuard } from '../ui/use-leave-guard.ts';
import styles from './newest-plan.module.css';
import { PlanSheet } from './plan-sheet.tsx';
import { PlanToolbar } from './plan-toolbar.tsx';
import { TimeEditor } from './time-editor.tsx';
import { useTimes } from './use-times.ts';

interface Props {
  reply: PlanReply;
  plan: Plan;
  /** With the section to begin at, if it was chosen. */
  onEdit: (section: SectionKey | null) => void;
}

/** The newest version of a plan: to read, with times that can be moved, and the ways to everything else. */
export function NewestPlan({ reply, plan, onEdit }: Props) {
  const { t } = useTranslation();
  const times = useTimes(reply, plan, t('plan.timesNote'));
  const undo = useRestoreVersion(reply.id);
  const number = reply.versions.at(-1)?.number ?? 1;
  const busy = times.unsaved || times.saving;
  useLeaveGuard(busy);
  const takeBack = () =>
    undo.mutate({ number: number - 1, note: t('plan.restoredNote', { number: number - 1 }) });
  const told = times.saved && !undo.isPending && !undo.isSuccess;
  return (
    <>
      <PlanToolbar reply={reply} shown={number} onEdit={busy ? undefined : () => onEdit(null)} />
      {times.error && <ErrorNotice error={times.error} safe={t('plan.safe')} retry={times.store} />}
      {undo.error && <ErrorNotice error={undo.error} retry={takeBack} />}
      <PlanSheet
        id={reply.id}
        plan={plan}
        onEdit={busy ? undefined : onEdit}
        bar={
          <TimeEditor
            sections={times.sections}
            minutes={plan.minutes}
            onChange={changed => {
              undo.reset();
              times.change(changed);
            }}
            onSettle={times.settle}
          >
            <span className={styles.told} role="status" data-screen-only>
              {busy && !times.error && t('plan.timesSaving')}
              {told && t('plan.timesSaved', { number })}
              {undo.isSuccess && t('plan.timesUndone')}
            </span>
            {told && (
              <Button size="compact-xs" onClick={takeBack} data-screen-only>
                {t('plan.undo')}
              </Button>
            )}
          </TimeEditor>
        }
      />
    </>
  );
}
