import { setTimeout as pause } from 'node:timers/promises';
import type { ReadSummary, RunDoor } from '../ingestion/ingest-paths.ts';
import type { FileStore } from '../library/files.ts';
import type { Operator } from './operator.ts';
import { showProgress } from './show-progress.ts';

const LOOK_MS = 500;

const OVER = ['done', 'failed', 'cancelled'];

type Progress = Awaited<ReturnType<Operator['progress']>>;

/** Shows how a run goes until all of it has a final state; returns what the reading handed over. */
export async function followRun(
  operator: Operator,
  files: FileStore,
  start: (door: RunDoor) => Promise<ReadSummary>,
): Promise<ReadSummary> {
  const show = showProgress('Reading');
  let runId: string | undefined;
  const startRun: RunDoor['startRun'] = async run => {
    const started = await operator.startRun(run);
    runId = started.runId;
    return started;
  };
  const { acceptBatch, finishReading, failRun } = operator;
  const reading = start({ startRun, acceptBatch, finishReading, failRun, files });
  let isRead = false;
  const read = reading.finally(() => {
    isRead = true;
  });
  for (;;) {
    // The first to fail, reading or looking, ends the wait.
    await Promise.race([pause(LOOK_MS), read]);
    const progress = runId === undefined ? undefined : await operator.progress({ runId });
    if (progress) show.update(partOf(progress), describe(progress));
    if (isRead && progress && OVER.includes(progress.state)) break;
    if (isRead) await pause(LOOK_MS);
  }
  show.end();
  return reading;
}

function partOf({ accepted, waiting }: Progress): number {
  return accepted === 0 ? 0 : (accepted - waiting) / accepted;
}

function describe({ state, accepted, waiting, failed, ratePerSecond, secondsLeft }: Progress): string {
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
  const more = state === 'reading' ? ' so far' : '';
  const faults = failed > 0 ? `, ${failed} failed` : '';
  return `${accepted - waiting} of ${accepted}${more}, ${Math.round(ratePerSecond)} a second${left}${faults}`;
}
