import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hashedVector } from '../models/testing/hashed-vectors.ts';
import { startOpenAIServer } from '../models/testing/openai-server.ts';
import { readCases } from './cases.ts';
import { peakMemory, runJson, searchOver, startServer, stopServer } from './product-process.ts';
import { quantilesOf } from './scale/latency.ts';

const HELP = `Re-embeds a library through a running embedded server while people search in it, goes back and forth, and
measures everything from outside.

node --import tsx eval/benchmark-reembed.ts LIBRARY QUERIES.jsonl DATA_DIR [--port 3998] [--every MS] [--keep]

The library is ingested with the offline embedder first (DATA_DIR is emptied), then a local endpoint with deterministic
vectors plays the new model. --every says how often a search starts (100 ms); --keep uses the library that an earlier run
has left in DATA_DIR. Prints for each step how long the command took, and of the searches meanwhile: how many, how many
failed, were empty, or had fewer results than the same query before, and their latencies.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    port: { type: 'string', default: '3998' },
    every: { type: 'string', default: '100' },
    keep: { type: 'boolean', default: false },
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
/** The settings of a step, as a file: what the command reads is what an operator would write. */
const settings = `${dataDir}.env`;
const flags = [`--env-file=${settings}`];
const command = (args: string[]) => runJson([...args, ...place], flags);
const serve = () => startServer(url, ['--no-samples', ...place], flags);
const questions = (await readCases(queries)).slice(0, 50).map(({ question }) => question);
/** How many results each question had before anything was changed. */
const expected: number[] = [];

if (!values.keep) await rm(dataDir, { recursive: true, force: true });
await writeFile(settings, '');
let server = await serve();
if (!values.keep) console.log('ingest', JSON.stringify(await command(['ingest', library])));
await command(['reembed']);
await command(['reembed', '--drop-retired']);
for (const question of questions) expected.push((await searchOver(url, question)).length);
await stopServer(server);

const endpoint = await startOpenAIServer(({ input, model }) => ({
  vectors: input!.map(text => hashedVector(text, model)),
}));
await writeFile(settings, `EMBEDDING_MODEL=deterministic\nEMBEDDING_BASE_URL=${endpoint.baseUrl}\n`);
server = await serve();
await step('estimate', ['reembed', '--estimate', '--price-per-million-tokens', '0.1']);
await step('reembed', ['reembed']);
await step('rollback', ['reembed', '--rollback']);
await step('forward again', ['reembed']);
await stopServer(server);
await endpoint.close();
await rm(settings);

/** Runs a command while searches start at fixed times, whether or not the ones before have been answered. */
async function step(name: string, args: string[]): Promise<void> {
  const found = { searches: 0, failed: 0, empty: 0, short: 0, latencies: [] as number[] };
  const pending: Promise<void>[] = [];
  const started = performance.now();
  let ended: { seconds: number; printed: unknown } | undefined;
  const running = command(args).then(printed => {
    ended = { seconds: (performance.now() - started) / 1000, printed };
  });
  running.catch(() => undefined);
  const begun = Date.now();
  for (let round = 0; !ended || Date.now() - begun < 5_000; round++) {
    pending.push(searchAndJudge(round % questions.length, found));
    await Promise.race([
      pause(Number(values.every)),
      ended ? pause(Number(values.every)) : running.then(() => pause(1)),
    ]);
  }
  await Promise.all([running, ...pending]);
  const { latencies, ...counts } = found;
  console.log(name, `${ended.seconds.toFixed(2)} s`, JSON.stringify(ended.printed));
  console.log(
    `  ${JSON.stringify({ ...counts, ...quantilesOf(latencies) })} ms; server peak ${await peakMemory(server)}`,
  );
}

async function searchAndJudge(
  at: number,
  found: { searches: number; failed: number; empty: number; short: number; latencies: number[] },
): Promise<void> {
  const started = performance.now();
  found.searches += 1;
  const results = await searchOver(url, questions[at]!).catch(() => undefined);
  found.latencies.push(performance.now() - started);
  if (!results) found.failed += 1;
  else if (results.length === 0 && expected[at]! > 0) found.empty += 1;
  else if (results.length < expected[at]!) found.short += 1;
}
