import { useEffect, useRef, useState } from 'react';
import { useEditPlan } from '../api/plans.ts';
import type { Plan, PlanReply, SectionKey } from '../api/types.ts';
import { changedMinutes, type Minutes, withMinutes } from './move-minutes.ts';

/** After the last step so many milliseconds pass before the times are saved: several steps make one version. */
const SETTLED_MS = 900;

/**
 * The times of a plan as they are being moved. They are saved as a version of their own once nothing more is changed;
 * until then, and where saving fails, they stand on the page.
 */
export function useTimes(reply: PlanReply, plan: Plan, note: string) {
  const save = useEditPlan(reply.id);
  const [minutes, setMinutes] = useState<Minutes>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const changes = changedMinutes(plan.sections, minutes);
  const unsaved = Object.keys(changes).length > 0;
  const latest = useRef<() => void>(undefined);
  const settle = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current?.(), SETTLED_MS);
  };
  const store = () => {
    clearTimeout(timer.current);
    if (!unsaved || save.isPending) return;
    const sections = withMinutes(plan.sections, changes).filter(({ key }) => changes[key] !== undefined);
    save.mutate(
      { sections, note },
      {
        onSuccess: () => {
          // The plan has them now; what was moved meanwhile is saved next.
          setMinutes(later =>
            Object.fromEntries(
              Object.entries(later).filter(([key, value]) => changes[key as SectionKey] !== value),
            ),
          );
          settle();
        },
      },
    );
  };
  // What was moved last is what is saved, also when the page is left before its time has come.
  latest.current = store;
  useEffect(() => () => latest.current?.(), []);
  return {
    sections: withMinutes(plan.sections, minutes),
    change: (changed: Minutes) => {
      clearTimeout(timer.current);
      if (!save.isPending) save.reset();
      setMinutes(before => ({ ...before, ...changed }));
    },
    settle,
    store,
    unsaved,
    saving: save.isPending,
    saved: save.isSuccess && !unsaved,
    error: save.error,
  };
}
