import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from './db.ts';
import { type IngestionJob, type IngestionQueue, openIngestionQueue, openIngestionWorker } from './jobs.ts';
import { freshDatabase } from './testing/test-database.ts';
import { freshRedisUrl } from './testing/test-queue.ts';

let database: Database;
let queue: IngestionQueue;
let redisUrl: string | undefined;
const reports: string[] = [];
const place = () => ({
  redisUrl,
  pool: database.pool,
  report: (error: Error) => void reports.push(error.message),
});
beforeAll(async () => {
  database = await freshDatabase();
  redisUrl = await freshRedisUrl();
  queue = openIngestionQueue(place());
});
afterAll(async () => {
  await queue.close();
  await database.close();
});

it('keeps one job of a batch and epoch, tries a failed one again, and is empty in the end', async () => {
  const first = { batchId: '7', epoch: 0, ahead: 0 };
  await queue.ring([first, { batchId: '8', epoch: 0, ahead: 0 }]);
  await queue.ring([first, { batchId: '7', epoch: 1, ahead: 0 }]);
  expect(await queue.countPending()).toBe(3);

  const seen: IngestionJob[] = [];
  const worker = openIngestionWorker(place(), async job => {
    seen.push(job);
    if (seen.length === 1) throw new Error('the provider is down');
  });
  await expect.poll(() => queue.countPending(), { timeout: 10_000 }).toBe(0);
  await worker.close();
  expect(seen).toHaveLength(4);
  expect(seen.filter(job => job.batchId === '7' && job.epoch === 0)).toHaveLength(2);
  expect(reports).toEqual(['the provider is down']);

  // A number that was used may come again: the job is gone, so nothing is dropped unheard.
  await queue.ring([first]);
  expect(await queue.countPending()).toBe(1);
});
