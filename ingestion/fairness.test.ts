import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../library/accounts.ts';
import type { Database } from '../library/db.ts';
import { createFileStore } from '../library/files.ts';
import { findProgress } from '../library/ingestion-progress.ts';
import { acceptWhole } from '../library/ingestion-runs.ts';
import { type IngestionQueue, openIngestionQueue, type Ring } from '../library/jobs.ts';
import { findIdleBatches } from '../library/rings.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import { emptyQueue, freshRedisUrl } from '../library/testing/test-queue.ts';
import { onlyEmbedders } from '../models/testing/only-embedders.ts';
import { createLetterEmbedder } from './testing/letter-embedder.ts';
import { startWorker } from './worker.ts';

/** Of one owner: a hundred batches of a hundred, as ten thousand files make. */
const MANY = 10_000;

let database: Database;
let queue: IngestionQueue;
let redisUrl: string | undefined;
let folder: string;
let worker: { close(): Promise<void> } | undefined;
let accounts: string[];

const report = () => undefined;
beforeAll(async () => {
  database = await freshDatabase();
  redisUrl = await freshRedisUrl();
  folder = await mkdtemp(join(tmpdir(), 'fairness-'));
  queue = openIngestionQueue({ redisUrl, pool: database.pool, report });
  const made = ['wang', 'li', 'zhao'].map(username =>
    createAccount(database.db, { username, displayName: username, role: 'teacher', password: 'secret-word' }),
  );
  accounts = (await Promise.all(made)).map(({ id }) => id);
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await database.db.query('delete from ingestion_run; delete from resource');
  await emptyQueue(database.db, redisUrl);
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
});

/** An upload of `count` small lessons of the account number `who`. */
async function upload(who: number, count: number, name: string): Promise<{ runId: string; rings: Ring[] }> {
  const items = Array.from({ length: count }, (_, i) => {
    const id = `uploads/${name}/${i}`;
    const payload = `{"format":"manifest"}\n${JSON.stringify({ id, title: id, text: 'Light.' })}`;
    return { place: id, resourceId: id, payload };
  });
  const owner = { accountId: accounts[who]!, visibility: 'owner' as const, classId: null };
  const accepted = await database.transaction(db => acceptWhole(db, { label: name, upload: owner }, items));
  return accepted;
}

async function work(): Promise<void> {
  const embedders = onlyEmbedders(createLetterEmbedder());
  const files = createFileStore(folder);
  worker = await startWorker({ database, files, embedders, queue, redisUrl, report, sweepMs: 200 });
}

const batchesDone = async (runId: string) => {
  const { rows } = await database.db.query(
    `select count(*)::int as n from ingestion_batch where run_id = $1 and state = 'done'`,
    [runId],
  );
  return rows[0].n as number;
};
const isDone = (runId: string) =>
  expect
    .poll(async () => (await findProgress(database.db, runId))!.state, { timeout: 20_000, interval: 20 })
    .toBe('done');

describe('one file of a teacher', () => {
  it('is in after a few batches of another’s ten thousand', async () => {
    const many = await upload(0, MANY, 'many');
    expect(many.rings).toHaveLength(100);
    await queue.ring(many.rings);
    await work();
    await expect.poll(() => batchesDone(many.runId), { timeout: 20_000 }).toBeGreaterThan(0);
    const before = await batchesDone(many.runId);
    const one = await upload(1, 1, 'one');
    await queue.ring(one.rings);
    await isDone(one.runId);
    expect((await batchesDone(many.runId)) - before).toBeLessThanOrEqual(4);
  });

  it('is in as soon when its ring was lost', async () => {
    const many = await upload(0, MANY, 'many');
    await queue.ring(many.rings);
    const one = await upload(1, 1, 'one');
    await work();
    await isDone(one.runId);
    expect(await batchesDone(many.runId)).toBeLessThan(30);
  });

  it('is in as soon when the whole queue was lost', async () => {
    const many = await upload(0, MANY, 'many');
    const one = await upload(1, 1, 'one');
    await work();
    await isDone(one.runId);
    expect(await batchesDone(many.runId)).toBeLessThanOrEqual(6);
  });
});

it('has its turn by what its owner has waiting, over all their uploads; the operator’s runs count each for itself', async () => {
  const first = await upload(0, 250, 'first');
  const second = await upload(0, 1, 'second');
  const other = await upload(1, 150, 'other');
  const item = (id: string) => ({ place: id, resourceId: id, payload: '{"format":"manifest"}\n{}' });
  const operators = await database.transaction(db => acceptWhole(db, { label: 'a' }, [item('a')]));
  const again = await database.transaction(db => acceptWhole(db, { label: 'b' }, [item('b')]));
  const ahead = (rings: Ring[]) => rings.map(ring => ring.ahead);
  expect([first, second, other, operators, again].map(({ rings }) => ahead(rings))).toEqual([
    [0, 1, 2],
    [3],
    [0, 1],
    [0],
    [0],
  ]);
  const ids = (rings: Ring[]) => rings.map(({ batchId }) => batchId);
  const [a, b, c] = ids(first.rings);
  const [d, e] = ids(other.rings);
  const order = [a, d, ...ids(operators.rings), ...ids(again.rings), b, e, c, ...ids(second.rings)];
  expect(ids(await findIdleBatches(database.db, 20))).toEqual(order);
});
