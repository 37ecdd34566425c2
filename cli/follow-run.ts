import { setTimeout as pause } from 'node:timers/promises';
import { progress as progressBar } from '@clack/prompts';
import type { ReadSummary, RunDoor } from '../ingestion/ingest-paths.ts';
import type { Operator } from './operator.ts';

const LOOK_MS = 500;
/** Without a terminal a line every so often tells that the work goes on. */
const LINE_MS = 5_000;

type Progress = Awaited<ReturnType<Operator['progress']>>;

/** Shows how a run goes until all of it has a final state; returns what the reading handed over. */
export async function followRun(
  operator: Operator,
  start: (door: RunDoor) => Promise<ReadSummary>,
): Promise<ReadSummary> {
  const show = process.stderr.isTTY ? showBar() : showLines();
  let runId: string | undefined;
  const startRun: RunDoor['startRun'] = async run => {
    const started = await operator.startRun(run);
    runId = started.runId;
    return started;
  };
  const { acceptBatch, finishReading, failRun } = operator;
  const reading = start({ startRun, acceptBatch, finishReading, failRun });
  let isRead = false;
  const read = reading.finally(() => {
    isRead = true;
  });
  for (;;) {
    // The first to fail, reading or looking, ends the wait.
    await Promise.race([pause(LOOK_MS), read]);
    const progress = runId === undefined ? undefined : await operator.progress({ runId });
    if (progress) show.update(progress);
    if (isRead && (progress?.state === 'done' || progress?.state === 'failed')) break;
    if (isRead) await pause(LOOK_MS);
  }
  show.end();
  return reading;
}

function describe({ state, accepted, waiting, failed, ratePerSecond, secondsLeft }: Progress): string {
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
  const more = state === 'reading' ? ' so far' : '';
  const faults = failed > 0 ? `, ${failed} failed` : '';
  return `${accepted - waiting} of ${accepted}${more}, ${Math.round(ratePerSecond)} a second${left}${faults}`;
}

function showBar() {
  const bar = progressBar({ max: 1000, output: process.stderr });
  let shown = 0;
  bar.start('Reading');
  return {
    update(progress: Progress) {
      const part = progress.accepted === 0 ? 0 : (progress.accepted - progress.waiting) / progress.accepted;
      const steps = Math.max(0, Math.round(part * 1000) - shown);
      shown += steps;
      bar.advance(steps, describe(progress));
    },
    end: () => bar.stop('Done'),
  };
}

function showLines() {
  let last = Date.now();
  return {
    update(progress: Progress) {
      if (Date.now() - last < LINE_MS) return;
      last = Date.now();
      process.stderr.write(`${describe(progress)}\n`);
    },
    end: () => undefined,
  };
}
