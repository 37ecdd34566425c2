import type { Account, Asker } from '../library/accounts.ts';
import { AppError, messageOf } from '../library/errors.ts';
import type { PlanBasis, PlanRequest } from '../library/lesson-plan.ts';
import { addPlanVersion, failPlan, requirePlan } from '../library/lesson-plans.ts';
import type { RouteDeps } from './deps.ts';
import { isoDates } from './iso-dates.ts';

/** Drafts the plan in the background: whatever happens, it ends in a named state and its stream in an end. */
export function startPlan(
  deps: RouteDeps,
  draft: {
    planId: string;
    request: PlanRequest;
    chosen: PlanBasis['resources'];
    account: Account;
    asker: Asker;
  },
): void {
  const { planId, request, chosen, account, asker } = draft;
  const { db } = deps.database;
  deps.runs.start(planId, async (emit, signal) => {
    try {
      const plan = await deps.planner.draft(request, { asker, planId, signal, chosen }, emit);
      const state = signal.aborted ? 'stopped' : 'done';
      const version = { plan, note: '', accountId: account.id, state } as const;
      await deps.database.transaction(tx => addPlanVersion(tx, planId, version));
    } catch (error) {
      if (!signal.aborted) deps.log.error({ err: error, planId }, 'plan failed');
      await failPlan(db, planId, explain(error, signal));
    }
    await emit('plan-end', { plan: isoDates(await requirePlan(db, planId, account.id)) });
  });
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return messageOf(signal.reason);
  if (error instanceof AppError) return error.message;
  return 'The plan could not be drafted. Your request is kept; try again in a moment.';
}
