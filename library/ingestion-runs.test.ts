import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './db.ts';
import {
  failWaitingItems,
  findWaitingItems,
  finishBatch,
  holdBatch,
  isFenced,
  recoverBatches,
  releaseBatch,
  settleItems,
  takeBatch,
} from './ingestion-batches.ts';
import { findFailures, requireProgress } from './ingestion-progress.ts';
import {
  type AcceptedItem,
  acceptBatch,
  failRun,
  finishReading,
  isIngesting,
  payloadHash,
  startRun,
} from './ingestion-runs.ts';
import { type IngestionQueue, openIngestionQueue } from './jobs.ts';
import { resourceInput } from './resources.ts';
import { findIdleBatches } from './rings.ts';
import { liveSpace } from './spaces.ts';
import { storeResources } from './store-resources.ts';
import { freshDatabase } from './testing/test-database.ts';
import { emptyQueue, freshRedisUrl } from './testing/test-queue.ts';

let database: Database;
let queue: IngestionQueue;
let redisUrl: string | undefined;
beforeAll(async () => {
  database = await freshDatabase();
  redisUrl = await freshRedisUrl();
  const report = (error: Error) => expect.fail(error.message);
  queue = openIngestionQueue({ redisUrl, pool: database.pool, report });
});
afterAll(async () => {
  await queue.close();
  await database.close();
});
beforeEach(async () => {
  await database.db.query('delete from ingestion_run; delete from resource');
  await emptyQueue(database.db, redisUrl);
});

const item = (id: string, text = 'x'): AcceptedItem => ({
  place: `m.jsonl:${id}`,
  resourceId: id,
  payload: `${id} ${text}`,
});
const accept = (runId: string, ...items: AcceptedItem[]) => acceptBatch({ database, queue }, runId, items);

async function store(id: string, payload: string) {
  const space = await liveSpace(database.db, { model: 'm', dimensions: 1, preprocessing: '1' });
  const input = resourceInput.parse({ id, title: id, text: '', language: 'en', source: 's' });
  const passages = [{ heading: [], text: id, vector: new Float32Array([1]) }];
  const entry = {
    input: { ...input, language: 'en', source: 's' },
    contentHash: payloadHash(payload),
    passages,
  };
  await database.transaction(db => storeResources(db, [entry], space.id));
}

describe('acceptBatch', () => {
  it('counts what is live already, keeps faults, and puts the rest into the outbox before it rings', async () => {
    await store('a', 'a x');
    await store('b', 'b old');
    const { runId } = await startRun(database.db, 'test');
    const counts = await accept(
      runId,
      item('a'),
      item('b'),
      { place: 'm.jsonl:9', reason: 'no "title"' },
      item('c'),
    );
    expect(counts).toEqual({ accepted: 2, unchanged: 1, failed: 1 });
    expect(await queue.countPending()).toBe(1);
    const [batch] = await findIdleBatches(database.db, 10);
    expect(await findWaitingItems(database.db, batch!.batchId)).toEqual([
      { ordinal: 1, resourceId: 'b', place: 'm.jsonl:b', payload: 'b x' },
      { ordinal: 3, resourceId: 'c', place: 'm.jsonl:c', payload: 'c x' },
    ]);
    expect(await requireProgress(database.db, runId)).toMatchObject({
      state: 'reading',
      accepted: 4,
      unchanged: 1,
      failed: 1,
      waiting: 2,
      added: 0,
      secondsLeft: null,
    });
    expect(await findFailures(database.db, runId, 10)).toEqual([
      { place: 'm.jsonl:9', resourceId: null, reason: 'no "title"' },
    ]);
  });

  it('rings for nothing when nothing is to be done, and the run ends with its reading', async () => {
    await store('a', 'a x');
    const { runId } = await startRun(database.db, 'test');
    await accept(runId, item('a'));
    await accept(runId, { place: 'x', reason: 'bad' });
    expect(await queue.countPending()).toBe(0);
    expect(await isIngesting(database.db)).toBe(true);
    await finishReading(database.db, runId);
    expect(await requireProgress(database.db, runId)).toMatchObject({
      state: 'done',
      unchanged: 1,
      failed: 1,
      secondsLeft: 0,
    });
    expect(await isIngesting(database.db)).toBe(false);
  });

  it('refuses a run that has ended or never was, and leaves nothing behind', async () => {
    const { runId } = await startRun(database.db, 'test');
    await failRun(database.db, runId, 'the disk is gone');
    await expect(accept(runId, item('a'))).rejects.toMatchObject({ code: 'conflict' });
    await expect(accept('999999', item('a'))).rejects.toMatchObject({ code: 'conflict' });
    expect((await database.db.query('select count(*)::int as n from ingestion_item')).rows).toEqual([
      { n: 0 },
    ]);
    expect(await requireProgress(database.db, runId)).toMatchObject({
      state: 'failed',
      reason: 'the disk is gone',
    });
    await expect(requireProgress(database.db, '999999')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a batch', () => {
  const expire = () => database.db.query(`update ingestion_batch set lease_until = now() - interval '1 s'`);

  async function oneBatch() {
    const { runId } = await startRun(database.db, 'test');
    await accept(runId, item('a'), item('b'));
    await finishReading(database.db, runId);
    return { runId, batchId: (await findIdleBatches(database.db, 1))[0]!.batchId };
  }

  it('is held by one worker, and by the next once its lease has run out', async () => {
    const { batchId } = await oneBatch();
    const first = await takeBatch(database.db, batchId);
    expect(first).toMatchObject({ epoch: 1, attempts: 1, label: 'test' });
    expect(await takeBatch(database.db, batchId)).toBeUndefined();
    expect(await findIdleBatches(database.db, 10)).toEqual([]);
    await expire();
    expect(await findIdleBatches(database.db, 10)).toEqual([{ batchId, epoch: 1, ahead: 0 }]);
    const second = await takeBatch(database.db, batchId);
    expect(second).toMatchObject({ epoch: 2, attempts: 2 });

    const zombie = database.transaction(async db => {
      await db.query(`update ingestion_item set reason = 'by a zombie'`);
      await holdBatch(db, first!);
    });
    await expect(zombie).rejects.toSatisfy(isFenced);
    await releaseBatch(database.db, first!, true);
    await finishBatch(database.db, first!);
    expect((await database.db.query('select distinct reason from ingestion_item')).rows).toEqual([
      { reason: null },
    ]);
    await expect(holdBatch(database.db, second!)).resolves.toBeUndefined();
  });

  it('ends its run when it is the last, with every item named', async () => {
    const { runId, batchId } = await oneBatch();
    const batch = (await takeBatch(database.db, batchId))!;
    await settleItems(database.db, batchId, [{ ordinal: 1, state: 'added' }]);
    await failWaitingItems(database.db, batchId, 'no'.repeat(2_000));
    await finishBatch(database.db, batch);
    expect(await requireProgress(database.db, runId)).toMatchObject({
      state: 'done',
      added: 1,
      failed: 1,
      waiting: 0,
    });
    expect((await findFailures(database.db, runId, 10))[0]!.reason).toHaveLength(1_000);
    expect(await takeBatch(database.db, batchId)).toBeUndefined();
    // What failed may be tried again, so its payload stays.
    const { rows } = await database.db.query('select state from ingestion_item where payload is not null');
    expect(rows).toEqual([{ state: 'failed' }]);
  });

  it('is given back untried when its worker was stopped, and after a crash', async () => {
    const { batchId } = await oneBatch();
    await releaseBatch(database.db, (await takeBatch(database.db, batchId))!, false);
    expect(await takeBatch(database.db, batchId)).toMatchObject({ epoch: 2, attempts: 1 });
    const { runId } = await startRun(database.db, 'left while reading');
    await recoverBatches(database.db, new Date(0));
    expect(await requireProgress(database.db, runId)).toMatchObject({ state: 'reading' });
    await recoverBatches(database.db, new Date(Date.now() + 1_000));
    expect(await requireProgress(database.db, runId)).toMatchObject({ state: 'failed' });
    expect(await takeBatch(database.db, batchId)).toMatchObject({ epoch: 3, attempts: 2 });
  });
});
