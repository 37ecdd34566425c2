import { failAnswer, findAbandonedAnswers } from '../library/conversations.ts';
import { failPlan, findAbandonedPlans } from '../library/lesson-plans.ts';
import { pruneEvents } from '../library/stream-events.ts';
import type { ServerDeps } from './deps.ts';

const EVERY_MS = 60_000;
/** No run lasts as long: an answer is cut at 2 minutes, a plan's sections run side by side. */
const LONGEST_RUN_SECONDS = 600;

/**
 * Ends what a process that is gone left half written, so that no answer is "being written" for ever, and drops old
 * stream events. Embedded this process is the only one: at its start whatever is unfinished is abandoned.
 */
export function startHousekeeping({ database, log }: Pick<ServerDeps, 'database' | 'log'>): {
  close(): void;
} {
  const clean = async (seconds: number) => {
    const reason = 'The server restarted while this was being written. Ask again.';
    for (const id of await findAbandonedAnswers(database.db, seconds))
      await failAnswer(database.db, id, reason);
    for (const id of await findAbandonedPlans(database.db, seconds)) await failPlan(database.db, id, reason);
    await pruneEvents(database.db);
  };
  const cleanAndReport = (seconds: number) =>
    void clean(seconds).catch(error =>
      log.warn({ err: error }, 'housekeeping failed; it runs again in a minute'),
    );
  cleanAndReport(database.kind === 'pglite' ? 0 : LONGEST_RUN_SECONDS);
  const timer = setInterval(() => cleanAndReport(LONGEST_RUN_SECONDS), EVERY_MS);
  return { close: () => clearInterval(timer) };
}
