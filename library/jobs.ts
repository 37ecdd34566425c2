import {
  createPostgresBackend,
  type JobsOptions,
  type JobType,
  Queue,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { z } from 'zod';

/** The job of ingestion: a doorbell. What is to be done stands in Postgres under the batch's number. */
export const ingestionJob = z.object({ batchId: z.string(), epoch: z.number().int() });
export type IngestionJob = z.infer<typeof ingestionJob>;

/** A job to be, and how many unfinished batches of the same owner stand before it: so many of others go first. */
export interface Ring extends IngestionJob {
  ahead: number;
}

const QUEUE = 'ingestion';

/** Jobs of priority 1 go first; this is the last one that BullMQ knows. */
const LOWEST_PRIORITY = 2_097_151;

/** How long a ring may take; the batch is safe without it, and the worker's sweep rings again. */
const RING_MS = 5_000;

/** Where the queue lives: Redis if there is one, else BullMQ's tables in Postgres. */
export interface QueuePlace {
  redisUrl: string | undefined;
  /** Its search_path must contain the schema `bullmq`, and it needs two free clients (one listens). */
  pool: pg.Pool;
  /** Told what goes wrong in the background. Nothing is lost by it: the sweep rings for what was not heard. */
  report: (error: Error) => void;
}

/** The doorbell of the workers. */
export interface IngestionQueue {
  /** Tells a worker that batches wait. Never throws; a job of the same batch and epoch that is there already is kept. */
  ring(rings: Ring[]): Promise<void>;
  /** Jobs that wait, are delayed or run. */
  countPending(): Promise<number>;
  /** Drops every job, running ones too; only where no other process works on the queue (embedded, at the start). */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** What is used of BullMQ's queue; its own type differs by backend. */
interface SendingEnd {
  addBulk(jobs: { name: string; data: IngestionJob; opts: JobsOptions }[]): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  obliterate(options: { force: boolean }): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** Opens the sending end of the queue. The schema of BullMQ must be there (see `migrate`). */
export function openIngestionQueue(place: QueuePlace): IngestionQueue {
  const redis = openRedis(place);
  const queue: SendingEnd = redis
    ? new Queue(QUEUE, { connection: redis })
    : new Queue(QUEUE, { connection: place.pool }, createPostgresBackend);
  queue.on('error', place.report);
  const options = {
    attempts: 5,
    // 2, 4, 8 and 16 seconds, each up to half as long again, so that workers do not all come back at once.
    backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: true,
  };
  return {
    async ring(rings) {
      const entries = rings.map(({ ahead, ...data }) => ({
        name: 'batch',
        data,
        // Never used twice: a queue drops a job whose id it has seen, and every taking of a batch raises its epoch.
        opts: {
          ...options,
          jobId: `batch-${data.batchId}-${data.epoch}`,
          priority: Math.min(1 + ahead, LOWEST_PRIORITY),
        },
      }));
      try {
        await inTime(queue.addBulk(entries));
      } catch (error) {
        place.report(error as Error);
      }
    },
    async countPending() {
      const counts = await inTime(queue.getJobCounts('waiting', 'delayed', 'active', 'prioritized'));
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    forget: () => inTime(queue.obliterate({ force: true })),
    async close() {
      await queue.close();
      redis?.disconnect();
    },
  };
}

/** The receiving end: runs `work` for one job at a time until it is closed, which waits for the running one. */
export function openIngestionWorker(
  place: QueuePlace,
  work: (job: IngestionJob) => Promise<void>,
): { close(): Promise<void> } {
  const redis = openRedis(place);
  const handle = async ({ data }: { data: unknown }) => work(ingestionJob.parse(data));
  const options: Omit<WorkerOptions, 'connection'> = {
    concurrency: 1,
    // The main loop is never blocked for long, so 30 s means that the process is gone; found within 5 s more.
    lockDuration: 30_000,
    stalledInterval: 5_000,
    maxStalledCount: 5,
  };
  const worker = redis
    ? new Worker(QUEUE, handle, { ...options, connection: redis })
    : new Worker(QUEUE, handle, { ...options, connection: place.pool }, createPostgresBackend);
  worker.on('error', place.report);
  worker.on('failed', (_job, error) => place.report(error));
  return {
    async close() {
      await worker.close();
      redis?.disconnect();
    },
  };
}

function openRedis({ redisUrl, report }: QueuePlace): Redis | undefined {
  if (!redisUrl) return undefined;
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', report);
  return redis;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The queue did not answer within ${RING_MS} ms.`)), RING_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
