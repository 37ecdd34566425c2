import { AppError } from '../library/errors.ts';
import { recoverBatches } from '../library/ingestion-batches.ts';
import { isIngesting } from '../library/ingestion-runs.ts';
import { type IngestionQueue, openIngestionWorker } from '../library/jobs.ts';
import { findIdleBatches } from '../library/rings.ts';
import { tidyFiles, tidyTables } from '../library/tidy.ts';
import type { Embedders } from '../models/embedder.ts';
import { liveEmbedder } from '../models/live-embedder.ts';
import { createFileReader, type FileReader } from './file-reader.ts';
import { type IngestDeps, ingestBatch } from './ingest-batch.ts';

/** How often batches that nobody works on are looked for. */
const SWEEP_MS = 5_000;

/** Rings per sweep: more than a worker can take until the next one (about 15 batches a second embedded). */
const RINGS_PER_SWEEP = 200;
/** As many people as may have lost a ring between two sweeps. */
const NEXT_RINGS = 10;

/** How often files that nothing names are looked for; they are a day old at least. */
const TIDY_FILES_MS = 6 * 60 * 60 * 1000;

export interface WorkerDeps extends Omit<IngestDeps, 'live' | 'reader'> {
  embedders: Embedders;
  /** The sending end, for the sweep. */
  queue: IngestionQueue;
  redisUrl: string | undefined;
  sweepMs?: number;
  /** One of its own unless given. */
  reader?: FileReader;
}

/**
 * Starts to ingest what is and will be accepted, one batch at a time. A sweep rings for batches whose job was lost, so
 * that losing the whole queue loses nothing. `close` ends after the current transaction and gives the batch back.
 * @throws AppError `model-unavailable` when the library has no vectors yet and the embedding endpoint does not answer.
 */
export async function startWorker(deps: WorkerDeps): Promise<{ close(): Promise<void> }> {
  const { database, embedders, queue, redisUrl, report } = deps;
  const live = () => liveEmbedder(database.db, embedders);
  await live();
  // Embedded this process is the only one: whoever held a batch is gone, and its lease need not run out.
  if (database.kind === 'pglite') {
    await recoverBatches(database.db, new Date(performance.timeOrigin));
    // A job that was running is found stalled only after its lock has run out (30 s); the sweep rings at once.
    await queue.forget();
  }

  const stop = new AbortController();
  const reader = deps.reader ?? createFileReader();
  const place = { redisUrl, pool: database.pool, report };
  let isUntidy = false;
  const worker = openIngestionWorker(place, async ({ batchId }) => {
    await ingestBatch(batchId, { ...deps, live, reader }, stop.signal);
    isUntidy = true;
  });
  const tidyWhenIdle = async () => {
    if (!isUntidy || deps.isBusy?.() || (await isIngesting(database.db))) return;
    isUntidy = false;
    await tidyTables(database);
  };
  let filesTidiedAt = Number.NEGATIVE_INFINITY;
  const tidyFilesAtTimes = async () => {
    if (performance.now() - filesTidiedAt < TIDY_FILES_MS || deps.isBusy?.()) return;
    filesTidiedAt = performance.now();
    await tidyFiles(database, deps.files, stop.signal);
  };
  let sweeping = Promise.resolve();
  const sweep = () => {
    sweeping = sweeping
      .then(() => ringForIdle(deps))
      .then(tidyWhenIdle)
      .then(tidyFilesAtTimes)
      .catch(report);
  };
  const timer = setInterval(sweep, deps.sweepMs ?? SWEEP_MS);
  sweep();
  return {
    async close() {
      clearInterval(timer);
      stop.abort(new AppError('stopped', 'The worker is closing.'));
      await sweeping;
      await worker.close();
      reader.close();
      await tidyWhenIdle();
    },
  };
}

/**
 * Rings for idle batches when the queue knows fewer jobs than there are, and for the next ones in any case: a ring that
 * was lost must not wait until the many of somebody else are through. Jobs that it has are not added twice.
 */
async function ringForIdle({ database, queue }: WorkerDeps): Promise<void> {
  const idle = await findIdleBatches(database.db, RINGS_PER_SWEEP);
  if (idle.length === 0) return;
  await queue.ring((await queue.countPending()) < idle.length ? idle : idle.slice(0, NEXT_RINGS));
}
