import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCases } from './cases.ts';

/*
 * Ingests a library through a running embedded server while people search in it, and measures both, from outside:
 * node --import tsx eval/benchmark-ingestion.ts LIBRARY QUERIES.jsonl DATA_DIR [--port 3999] [--every MS]
 * DATA_DIR is emptied first. Prints what the command printed, then latencies and the peak of the server's memory.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '3999' },
    every: { type: 'string', default: '100' },
  },
});
const [library, queries, dataDir] = positionals;
if (!library || !queries || !dataDir)
  throw new Error('Name a library, a file of queries and a data directory.');

const COMMAND = fileURLToPath(new URL('../cli/zhujiao.js', import.meta.url));
const url = `http://localhost:${values.port}`;
const place = ['--data-dir', dataDir];

await rm(dataDir, { recursive: true, force: true });
const questions = (await readCases(queries)).map(({ question }) => question);
const server = start(['serve', ...place, '--port', values.port]);
await reachable(`${url}/health/ready`);
await measureIngestion('first run');
await measureIngestion('second run, nothing changed');
server.kill('SIGTERM');
await once(server, 'close');

function start(args: string[]): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function reachable(address: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await fetch(address).catch(() => undefined))?.ok) return;
    await pause(100);
  }
  throw new Error(`${address} did not answer within a minute.`);
}

async function measureIngestion(name: string): Promise<void> {
  const command = start(['ingest', library!, ...place, '--json']);
  let printed = '';
  command.stdout!.on('data', bytes => {
    printed += bytes;
  });
  const ended = once(command, 'close');
  const running = new AbortController();
  void ended.then(() => running.abort());
  const [searches, health] = await Promise.all([
    probe(running.signal, search),
    probe(running.signal, () => fetch(`${url}/health/live`)),
  ]);
  const { failures: _, ...summary } = JSON.parse(printed);
  console.log(name, JSON.stringify(summary));
  console.log(
    `  search ${quantiles(searches)}; health ${quantiles(health)}; server peak ${await peakMemory()}`,
  );
}

async function search(round: number): Promise<Response> {
  const query = questions[(round * 7919) % questions.length]!.slice(0, 1000);
  return fetch(`${url}/api/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, limit: 10 }),
  });
}

/** Latencies in ms of requests that start at fixed times, whether or not the ones before have been answered. */
async function probe(running: AbortSignal, request: (round: number) => Promise<Response>): Promise<number[]> {
  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  for (let round = 0; !running.aborted; round++) {
    const started = performance.now();
    pending.push(
      request(round).then(async response => {
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`A request was answered with ${response.status}.`);
        latencies.push(performance.now() - started);
      }),
    );
    await pause(Number(values.every));
  }
  await Promise.all(pending);
  return latencies;
}

function quantiles(latencies: number[]): string {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  return `n ${sorted.length}, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms`;
}

/** `VmHWM` of Linux; elsewhere it is not measured. */
async function peakMemory(): Promise<string> {
  const status = await readFile(join('/proc', `${server.pid}`, 'status'), 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes ? `${Math.round(Number(kilobytes) / 1024)} MB` : 'unknown';
}
