import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readCases } from './cases.ts';
import { peakMemory, runJson, searchOver, startServer, stopServer } from './product-process.ts';
import { quantilesOf } from './scale/latency.ts';

const HELP = `Ingests a library through a running embedded server while people search in it, and measures both from outside.

node --import tsx eval/benchmark-ingestion.ts LIBRARY QUERIES.jsonl DATA_DIR [--port 3999] [--every MS]

DATA_DIR is emptied first. --every says how often a search and a health check start (100 ms). Prints what the command
printed, then latencies and the peak of the server's memory; the same again for a second run, which finds nothing to do.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    port: { type: 'string', default: '3999' },
    every: { type: 'string', default: '100' },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const [library, queries, dataDir] = positionals;
if (!library || !queries || !dataDir)
  throw new Error('Name a library, a file of queries and a data directory; --help says more.');

const url = `http://localhost:${values.port}`;
const place = ['--data-dir', dataDir];
const questions = (await readCases(queries)).map(({ question }) => question);
await rm(dataDir, { recursive: true, force: true });
const server = await startServer(url, place);
await measureIngestion('first run');
await measureIngestion('second run, nothing changed');
await stopServer(server);

async function measureIngestion(name: string): Promise<void> {
  const running = new AbortController();
  const [{ failures: _, ...summary }, searches, health] = await Promise.all([
    runJson(['ingest', library!, ...place]).finally(() => running.abort()),
    // A fixed walk through all questions, far from one to the next.
    probe(running.signal, round => searchOver(url, questions[(round * 7919) % questions.length]!)),
    probe(running.signal, checkHealth),
  ]);
  console.log(name, JSON.stringify(summary));
  console.log(`  search ${told(searches)}; health ${told(health)}; server peak ${await peakMemory(server)}`);
}

async function checkHealth(): Promise<void> {
  const response = await fetch(`${url}/health/live`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`A health check was answered with ${response.status}.`);
}

/** Latencies in ms of requests that start at fixed times, whether or not the ones before have been answered. */
async function probe(running: AbortSignal, request: (round: number) => Promise<unknown>): Promise<number[]> {
  const pending: Promise<number>[] = [];
  for (let round = 0; !running.aborted; round++) {
    const started = performance.now();
    const answered = request(round).then(() => performance.now() - started);
    // Told by `Promise.all` below; without a handler until then it would end the process.
    answered.catch(() => undefined);
    pending.push(answered);
    await pause(Number(values.every));
  }
  return Promise.all(pending);
}

function told(latencies: number[]): string {
  const { n, p50, p95, p99 } = quantilesOf(latencies);
  return `n ${n}, p50 ${p50}, p95 ${p95}, p99 ${p99} ms`;
}
