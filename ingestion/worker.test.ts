import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../library/db.ts';
import { createFileStore } from '../library/files.ts';
import { findFailures, findProgress } from '../library/ingestion-progress.ts';
import { acceptBatch, failRun, finishReading, startRun } from '../library/ingestion-runs.ts';
import { type IngestionQueue, openIngestionQueue } from '../library/jobs.ts';
import { embeddingText } from '../library/passages.ts';
import { findIdleBatches } from '../library/rings.ts';
import { liveSpace } from '../library/spaces.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import { emptyQueue, freshRedisUrl } from '../library/testing/test-queue.ts';
import type { Embedder } from '../models/embedder.ts';
import { onlyEmbedders } from '../models/testing/only-embedders.ts';
import { createFileReader } from './file-reader.ts';
import { ingestBatch } from './ingest-batch.ts';
import { ingestPaths, type RunDoor } from './ingest-paths.ts';
import { createLetterEmbedder, letterVector } from './testing/letter-embedder.ts';
import { startWorker } from './worker.ts';

let database: Database;
let queue: IngestionQueue;
let redisUrl: string | undefined;
let folder: string;
let worker: { close(): Promise<void> } | undefined;
let reports: string[];

beforeAll(async () => {
  database = await freshDatabase();
  redisUrl = await freshRedisUrl();
  queue = openIngestionQueue({ redisUrl, pool: database.pool, report });
});
afterAll(async () => {
  await queue.close();
  await database.close();
});
beforeEach(async () => {
  reports = [];
  folder = await mkdtemp(join(tmpdir(), 'ingest-'));
  await database.db.query('delete from ingestion_run; delete from resource');
  await emptyQueue(database.db, redisUrl);
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
  await rm(folder, { recursive: true });
});

const report = (error: Error) => void reports.push(error.message);
const door: RunDoor = {
  startRun: ({ label }) => startRun(database.db, label),
  acceptBatch: ({ runId, items }) => acceptBatch({ database, queue }, runId, items),
  finishReading: ({ runId }) => finishReading(database.db, runId),
  failRun: ({ runId, reason }) => failRun(database.db, runId, reason),
};
const line = (id: string, text: string, more: object = {}) =>
  JSON.stringify({ id, title: id, text, ...more });

async function work(...embedders: Embedder[]): Promise<void> {
  worker = await startWorker({
    database,
    files: createFileStore(join(folder, 'store')),
    embedders: onlyEmbedders(embedders[0] ?? createLetterEmbedder(), ...embedders.slice(1)),
    queue,
    redisUrl,
    report,
    sweepMs: 200,
  });
}

async function read(): Promise<string> {
  return (await ingestPaths([folder], 'test', door)).runId;
}

async function done(runId: string) {
  await expect
    .poll(async () => (await findProgress(database.db, runId))!.state, { timeout: 20_000 })
    .toBe('done');
  const { added, updated, unchanged, failed, waiting } = (await findProgress(database.db, runId))!;
  return { added, updated, unchanged, failed, waiting };
}

/** Every live passage that has not exactly the vector of its own text: none, whatever happened before. */
async function wrongPassages(): Promise<unknown[]> {
  const { rows } = await database.db.query(
    `select r.id, v.title, p.heading, p.text, e.vector::text as vector,
       v.passage_count - (select count(*)::int from passage where version_id = v.id) as missing
     from resource r join resource_version v on v.id = r.live_version
     join passage p on p.version_id = v.id left join embedding e on e.passage_id = p.id`,
  );
  expect(rows.length).toBeGreaterThan(0);
  return rows.filter(
    row => row.missing !== 0 || row.vector !== `[${letterVector(embeddingText(row.title, row)).join(',')}]`,
  );
}

const versions = async () =>
  (
    await database.db.query(
      'select resource_id as id, count(*)::int as n from resource_version group by 1 order by 1',
    )
  ).rows;

describe('a run', () => {
  it('reads every format, counts a second reading as unchanged, and replaces only what changed', async () => {
    await writeFile(
      join(folder, '1.jsonl'),
      [
        line('long', `# 一\n\n${'这是一个句子。'.repeat(400)}`, { source: 'mine' }),
        '{"id":',
        line('no-stage', 'x', { stage: 'never' }),
        line('entry', '', { description: 'Only metadata' }),
        line('too-long', 'x', { duration: '99999999999999' }),
        line('other', 'y'),
      ].join('\n'),
    );
    await writeFile(join(folder, '2.md'), '# Markdown\n\n## Part\n\nText.');
    await writeFile(join(folder, '3.html'), '<h1>Page</h1><p>Text.</p>');
    await writeFile(join(folder, '4.json'), '{"@type":"Course","@id":"course","name":"Course"}');
    await writeFile(join(folder, '5.txt'), 'Plain.');
    await writeFile(join(folder, '6.png'), '');
    await work();
    const summary = await ingestPaths([folder], 'test', door);
    expect(summary).toMatchObject({
      accepted: 9,
      unchanged: 0,
      failed: 1,
      skipped: { 'no reader for ".png"': 1 },
    });
    expect(await done(summary.runId)).toEqual({ added: 7, updated: 0, unchanged: 0, failed: 3, waiting: 0 });
    const failures = await findFailures(database.db, summary.runId, 10);
    expect(failures.map(({ place, resourceId }) => [place.replace(folder, ''), resourceId])).toEqual([
      ['/1.jsonl:2', null],
      ['/1.jsonl:3', 'no-stage'],
      ['/1.jsonl:5', 'too-long'],
    ]);
    expect(failures.map(({ reason }) => reason.slice(0, 24))).toEqual([
      expect.stringContaining('not valid JSON'),
      'stage: "never" is not a ',
      'the library cannot store',
    ]);
    expect(await wrongPassages()).toEqual([]);
    const { rows } = await database.db.query(
      `select r.id, r.source, v.language, v.passage_count as n from resource r join resource_version v on v.id = r.live_version order by 1`,
    );
    expect(rows).toEqual([
      { id: '2.md', source: 'test', language: 'en', n: 1 },
      { id: '3.html', source: 'test', language: 'en', n: 1 },
      { id: '5.txt', source: 'test', language: 'en', n: 1 },
      { id: 'course', source: 'test', language: 'en', n: 1 },
      { id: 'entry', source: 'test', language: 'en', n: 1 },
      { id: 'long', source: 'mine', language: 'zh', n: 8 },
      { id: 'other', source: 'test', language: 'en', n: 1 },
    ]);

    expect(await done(await read())).toEqual({ added: 0, updated: 0, unchanged: 7, failed: 3, waiting: 0 });
    await writeFile(join(folder, '5.txt'), 'Plainer.');
    expect(await done(await read())).toEqual({ added: 0, updated: 1, unchanged: 6, failed: 3, waiting: 0 });
    expect((await versions()).filter(({ n }) => n > 1)).toEqual([{ id: '5.txt', n: 2 }]);
    expect(await wrongPassages()).toEqual([]);
  });

  it('embeds for the space that is live, whatever model the settings name', async () => {
    await liveSpace(database.db, createLetterEmbedder().space);
    await work(createLetterEmbedder('wanted'), createLetterEmbedder());
    await writeFile(join(folder, '1.jsonl'), line('one', 'Some text.'));
    expect(await done(await read())).toMatchObject({ added: 1, failed: 0 });
    expect(await wrongPassages()).toEqual([]);
  });
});

describe('when something goes wrong', () => {
  async function manifest(count: number): Promise<string> {
    const lines = Array.from({ length: count }, (_, i) => line(`r${i}`, `text ${i}`));
    await writeFile(join(folder, 'm.jsonl'), lines.join('\n'));
    return read();
  }

  /** An embedder that waits at its nth call until it is let go. */
  function gatedEmbedder(nth: number) {
    let calls = 0;
    let open: () => void = () => undefined;
    let arrive: () => void = () => undefined;
    const gate = new Promise<void>(resolve => (open = resolve));
    const reached = new Promise<void>(resolve => (arrive = resolve));
    const { space, embed } = createLetterEmbedder();
    const embedder: Embedder = {
      space,
      async embed(texts) {
        calls += 1;
        if (calls === nth) {
          arrive();
          await gate;
        }
        return embed(texts);
      },
    };
    return { embedder, reached, open: () => open() };
  }

  it('a worker that lost its batch cannot commit', async () => {
    const runId = await manifest(50);
    const [{ batchId } = { batchId: '' }] = await findIdleBatches(database.db, 1);
    const space = await liveSpace(database.db, createLetterEmbedder().space);
    const { embedder, reached, open } = gatedEmbedder(2);
    const signal = new AbortController().signal;
    const others = { database, queue, report, files: createFileStore(folder), reader: createFileReader() };
    const zombie = ingestBatch(batchId, { ...others, live: async () => ({ space, embedder }) }, signal);
    await reached;
    expect((await findProgress(database.db, runId))!.added).toBe(20);
    await database.db.query(`update ingestion_batch set lease_until = now() - interval '1 s'`);
    const live = async () => ({ space, embedder: createLetterEmbedder() });
    await ingestBatch(batchId, { ...others, live }, signal);
    expect(await done(runId)).toMatchObject({ added: 50 });
    open();
    await zombie;
    expect(await done(runId)).toMatchObject({ added: 50, waiting: 0 });
    expect((await versions()).filter(({ n }) => n !== 1)).toEqual([]);
    expect(await wrongPassages()).toEqual([]);
  });

  it('a failing embedder is asked again, and the batch goes in', async () => {
    const { space, embed } = createLetterEmbedder();
    let calls = 0;
    const flaky: Embedder = {
      space,
      async embed(texts) {
        calls += 1;
        if (calls === 2) throw new Error('429 too many requests');
        return embed(texts);
      },
    };
    await work(flaky);
    expect(await done(await manifest(50))).toMatchObject({ added: 50, failed: 0 });
    expect(reports).toEqual(['429 too many requests']);
    expect((await versions()).filter(({ n }) => n !== 1)).toEqual([]);
  });

  it('after five attempts every item that waits has the reason', async () => {
    const runId = await manifest(30);
    await database.db.query('update ingestion_batch set attempts = 4');
    await work({ ...createLetterEmbedder(), embed: async () => Promise.reject(new Error('no such model')) });
    expect(await done(runId)).toMatchObject({ added: 0, failed: 30, waiting: 0 });
    const [failure] = await findFailures(database.db, runId, 1);
    expect(failure).toMatchObject({
      resourceId: 'r0',
      reason: 'given up after 5 attempts: an administrator finds the cause in the log',
    });
  });

  it('losing the whole queue loses nothing', async () => {
    const runId = await manifest(250);
    expect(await queue.countPending()).toBe(3);
    await emptyQueue(database.db, redisUrl);
    expect(await queue.countPending()).toBe(0);
    await work();
    expect(await done(runId)).toMatchObject({ added: 250 });
  });

  it('closing ends after the current transaction, and the next start goes on', async () => {
    const { embedder, reached, open } = gatedEmbedder(3);
    await work(embedder);
    const runId = await manifest(100);
    await reached;
    const closing = worker!.close();
    open();
    await closing;
    const { added, waiting } = (await findProgress(database.db, runId))!;
    expect([added, waiting]).toEqual([60, 40]);
    const { rows } = await database.db.query(
      'select state, attempts, lease_until as lease from ingestion_batch',
    );
    expect(rows).toEqual([{ state: 'waiting', attempts: 0, lease: null }]);
    await work();
    expect(await done(runId)).toMatchObject({ added: 100 });
    expect(reports).toEqual([]);
  });
});
