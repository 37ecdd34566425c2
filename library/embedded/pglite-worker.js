// The thread that owns PGlite. Plain JavaScript, so that opening the database need not wait for a TypeScript loader.
// Messages in: { id, bytes } runs wire-protocol bytes; { id, dump: true } returns the data directory as a tar;
// { id, close: true } ends. Messages out: { id, bytes } or { id, error }; once at the start { ready } or { error }.
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const { dataDir, template } = workerData;
let database;
let last = Promise.resolve();

async function open() {
  const loadDataDir = template ? new Blob([await readFile(template)]) : undefined;
  database = await PGlite.create({ dataDir, loadDataDir, extensions: { vector } });
}

/**
 * Runs wire-protocol bytes. Not `execProtocolRaw`: PGlite 0.5.14 also parses what that returns and keeps it for ever, so
 * that the heap grows by as much as was ever read. With a receiver of one's own it does not.
 */
async function run(bytes) {
  const replies = [];
  await database.execProtocolRawStream(bytes, { onRawData: reply => replies.push(Uint8Array.from(reply)) });
  if (replies.length === 1) return replies[0];
  const whole = new Uint8Array(replies.reduce((sum, reply) => sum + reply.length, 0));
  let at = 0;
  for (const reply of replies) {
    whole.set(reply, at);
    at += reply.length;
  }
  return whole;
}

async function answer({ id, bytes, dump, close }) {
  try {
    if (close) {
      await database.close();
      parentPort.postMessage({ id });
      parentPort.close();
      return;
    }
    const reply = dump
      ? new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer())
      : await run(bytes);
    parentPort.postMessage({ id, bytes: reply }, [reply.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.message ?? error) });
  }
}

try {
  await open();
  parentPort.on('message', message => {
    last = last.then(() => answer(message));
  });
  parentPort.postMessage({ ready: true });
} catch (error) {
  parentPort.postMessage({ error: String(error?.message ?? error) });
}
