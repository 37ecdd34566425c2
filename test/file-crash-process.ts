import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createFileReader } from '../ingestion/file-reader.ts';
import { createLetterEmbedder } from '../ingestion/testing/letter-embedder.ts';
import { makePdf } from '../ingestion/testing/pdf-writer.ts';
import { makeZip } from '../ingestion/testing/zip-writer.ts';
import { startWorker } from '../ingestion/worker.ts';
import { openDatabase } from '../library/db.ts';
import { LARGEST_FILE } from '../library/file-formats.ts';
import { createFileStore } from '../library/files.ts';
import { cancelRun, retryFailed } from '../library/ingestion-control.ts';
import { type AcceptedItem, acceptWhole, itemOfFile } from '../library/ingestion-runs.ts';
import { openIngestionQueue } from '../library/jobs.ts';
import { onlyEmbedders } from '../models/testing/only-embedders.ts';
import { type CrashPoint, watchDatabase, watchFiles, watchQueue, watchReader } from './crash-points.ts';

/** What the process is told, as JSON in its first argument. */
export interface CrashOrder {
  dataDir: string;
  databaseUrl?: string;
  redisUrl?: string;
  /** Where it stops, at which time of reaching it, and by which signal to itself; without it goes to the end. */
  point?: CrashPoint;
  nth: number;
  signal: 'SIGKILL' | 'SIGSTOP';
  /** Makes the texts differ. */
  seed: number;
}

const LOST = 'lost.md';
const MOST_MS = 60_000;
const order = JSON.parse(process.argv[2]!) as CrashOrder;

let reached = 0;
const at = async (point: CrashPoint) => {
  if (point !== order.point) return;
  reached += 1;
  if (reached !== order.nth) return;
  if (point === 'the queue forgotten') await forget();
  process.kill(process.pid, order.signal);
  // The signal is there at once; what runs until then must do nothing more.
  await pause(order.signal === 'SIGKILL' ? 1e9 : 100);
};

const report = () => undefined;
const opened = await openDatabase({ databaseUrl: order.databaseUrl, dataDir: order.dataDir });
const database = watchDatabase(opened, at);
const store = createFileStore(`${order.dataDir}/files`);
const files = watchFiles(store, at);
const queue = openIngestionQueue({ redisUrl: order.redisUrl, pool: opened.pool, report });

async function forget(): Promise<void> {
  if (!order.redisUrl) return queue.forget();
  const { Redis } = await import('ioredis');
  await new Redis(order.redisUrl).flushdb();
}

const say = (n: number | string) =>
  `# Lesson ${n}\n\nOf seed ${order.seed}: leaf ${n} takes up light ${n} times.`;
const CONTENTS: Record<string, Buffer> = {
  'one.md': Buffer.from(say('one')),
  [LOST]: Buffer.from(say('lost')),
  'paper.pdf': makePdf([[{ text: `Paper of seed ${order.seed}`, y: 100 }]]),
  // More than one batch of parts, and more than one group in each.
  'lessons.zip': makeZip(Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`${i}.md`, say(i)]))),
  'last.md': Buffer.from(say('last')),
};

/** What a person does whose upload got no answer: once more. One of the files vanishes from the store for a while. */
async function upload(): Promise<void> {
  const { rowCount } = await opened.db.query('select from ingestion_run');
  if (rowCount) return;
  const items: AcceptedItem[] = [];
  for (const [name, bytes] of Object.entries(CONTENTS)) {
    const kept = await files.put([bytes], LARGEST_FILE);
    items.push(itemOfFile({ place: name, id: name }, { ...kept, mediaType: 'text/plain' }));
    if (name === LOST) await rm(store.pathOf(kept.hash));
  }
  const accepted = await database.transaction(db => acceptWhole(db, { label: 'files' }, items));
  await watchQueue(queue, at, 'accepted, not rung').ring(accepted.rings);
  await at('the queue forgotten');
}

async function ended(): Promise<string> {
  const deadline = Date.now() + MOST_MS;
  while (Date.now() < deadline) {
    const { rows } = await opened.db.query(
      `select run.id::text, state, (select count(*)::int from ingestion_batch where state <> 'done') as left from ingestion_run run`,
    );
    if (rows[0].left === 0 && rows[0].state !== 'working') return rows[0].id;
    if (order.point === 'during cancel') await cancelOnceBegun(rows[0].id);
    await pause(50);
  }
  throw new Error('The run did not end in a minute.');
}

async function cancelOnceBegun(runId: string): Promise<void> {
  const { rowCount } = await opened.db.query(`select from ingestion_item where state = 'added'`);
  if (rowCount) await cancelRun({ database }, runId);
}

await upload();
const worker = await startWorker({
  database,
  files,
  embedders: onlyEmbedders(createLetterEmbedder()),
  queue: watchQueue(queue, at, 'parts accepted, not rung'),
  redisUrl: order.redisUrl,
  report,
  sweepMs: 200,
  reader: watchReader(createFileReader(), at),
});
const runId = await ended();
await store.put([CONTENTS[LOST]!], LARGEST_FILE);
await retryFailed({ database, queue }, runId);
await ended();
await worker.close();
await queue.close();
await opened.close();
