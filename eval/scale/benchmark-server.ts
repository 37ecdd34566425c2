import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../../library/db.ts';
import { migrate } from '../../library/migrate.ts';
import { ensureVectorIndex } from '../../library/nearest-passages.ts';
import { type EmbeddingSpace, liveSpace } from '../../library/spaces.ts';
import { createServerDatabase, dropServerDatabase } from '../../library/testing/server-database.ts';
import { syntheticSpace } from './given-embedder.ts';
import { type Loaded, loadLibrary, writeSteadily } from './load-library.ts';
import type { CurvePoint, FilterResult } from './measure-vectors.ts';
import { printReport } from './print-report.ts';
import type { Ready, SearchesResult } from './search-process.ts';
import { startSearchProcess } from './start-search-process.ts';
import { createSyntheticLibrary } from './synthetic-library.ts';

const HELP = `Usage: node --import tsx eval/scale/benchmark-server.ts DATABASE_URL [options]

Loads a synthetic library into a new database of a real Postgres (17+ with pgvector), builds its vector index, starts
processes that search as a server does, and measures: load, index, sizes, start, recall and latency of the vectors,
whole searches (without the embedding of the query), filters, and all of it while resources are written. The database
is dropped at the end. Progress goes to standard error.

  --resources N     resources of the library (20000; a national platform has 300000)
  --dimensions N    numbers of a vector (256)
  --queries N       searches of each latency measurement (2000)
  --truths N        queries compared with exact search (200)
  --rate N          searches a second in the open loop (100)
  --writes N        resources a minute in the part with writes (1000)
  --memory SIZE     maintenance_work_mem while the vector index is built (2GB)
  --out FILE        also writes everything as JSON
  --keep            keeps the database, and prints its URL

In a checkout: export $(test/services/start.sh); node --import tsx eval/scale/benchmark-server.ts $DATABASE_URL`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    resources: { type: 'string', default: '20000' },
    dimensions: { type: 'string', default: '256' },
    queries: { type: 'string', default: '2000' },
    truths: { type: 'string', default: '200' },
    rate: { type: 'string', default: '100' },
    writes: { type: 'string', default: '1000' },
    memory: { type: 'string', default: '2GB' },
    out: { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** All that was measured; times in seconds where not said otherwise, latencies in ms, sizes in bytes. */
export interface ServerFigures {
  machine: { cores: number; memoryGB: number; postgres: string; sharedBuffers: string };
  dimensions: number;
  load: Loaded;
  vectorIndexSeconds: number;
  sizes: Record<'passages' | 'vectors' | 'vectorIndex' | 'database' | 'snapshot', number>;
  firstStart: Ready;
  nextStart: Ready;
  curve: CurvePoint[];
  legs: FilterResult[];
  searches: SearchesResult;
  writing: { resourcesPerMinute: number; searches: SearchesResult; legsAfter: FilterResult[] };
  memoryAtTheEnd: Ready['memory'];
}

if (values.help) console.log(HELP);
else if (!positionals[0]) throw new Error('Name the DATABASE_URL of a Postgres server; see --help.');
else await run(positionals[0]);

async function run(serverUrl: string): Promise<void> {
  const databaseUrl = await createServerDatabase(serverUrl);
  const folder = await mkdtemp(join(tmpdir(), 'zhujiao-scale-'));
  const database = await openDatabase({ databaseUrl, dataDir: '' });
  try {
    const figures = await measure(database, databaseUrl, folder);
    printReport(figures);
    if (values.out) await writeFile(values.out, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
    if (values.keep) console.error(`Kept ${databaseUrl}`);
    else await dropServerDatabase(serverUrl, databaseUrl);
  }
}

async function measure(database: Database, databaseUrl: string, folder: string): Promise<ServerFigures> {
  const [resources, dimensions] = [Number(values.resources), Number(values.dimensions)];
  const library = createSyntheticLibrary({ dimensions });
  await migrate(database);
  const space = await liveSpace(database.db, syntheticSpace(dimensions));
  say(`loading ${resources} resources`);
  const step = Math.ceil(resources / 20);
  const load = await loadLibrary(database, space, library, resources, done => {
    if (done % step < 50) say(`  ${done}`);
  });
  say('building the vector index');
  const vectorIndexSeconds = await buildIndex(database, space);
  // As autovacuum does in time: without statistics and visibility a fresh table is not what a server meets.
  await database.db.query('vacuum analyze');

  const start = () => startSearchProcess({ databaseUrl, folder, dimensions, resources });
  say('first start: the index is built from the rows');
  const first = await start();
  await first.order({ measure: 'close' });
  say(`ready after ${first.ready.ready.toFixed(1)} s; next start, from its snapshot`);
  const next = await start();
  say(`ready after ${next.ready.ready.toFixed(1)} s; vectors`);
  const truths = Number(values.truths);
  const [queries, rate] = [Number(values.queries), Number(values.rate)];
  const curve = await next.order<CurvePoint[]>({ measure: 'curve', queries: truths });
  say('the vector leg with filters');
  const legs = await next.order<FilterResult[]>({ measure: 'legs', queries: truths });
  say('searches');
  const searches = await next.order<SearchesResult>({ measure: 'searches', queries, rate });
  say('searches while resources are written');
  const writing = await whileWriting(
    () => next.order<SearchesResult>({ measure: 'searches', queries, rate }),
    stop => writeSteadily(database, space, library, { resources, perMinute: Number(values.writes), stop }),
  );
  say('the vector leg after the writes');
  const legsAfter = await next.order<FilterResult[]>({ measure: 'legs', queries: truths });
  const memoryAtTheEnd = await next.order<Ready['memory']>({ measure: 'memory' });
  const sizes = await readSizes(database, space, folder);
  await next.order({ measure: 'close' });
  const machine = await describeMachine(database);
  return {
    machine,
    dimensions,
    load,
    vectorIndexSeconds,
    sizes,
    firstStart: first.ready,
    nextStart: next.ready,
    curve,
    legs,
    searches,
    writing: { ...writing, legsAfter },
    memoryAtTheEnd,
  };
}

async function buildIndex(database: Database, space: EmbeddingSpace): Promise<number> {
  const started = performance.now();
  await database.transaction(async db => {
    await db.query(`select set_config('maintenance_work_mem', $1, true)`, [values.memory]);
    await db.query(`select set_config('max_parallel_maintenance_workers', $1, true)`, [
      `${availableParallelism()}`,
    ]);
    await ensureVectorIndex(db, space);
  });
  return (performance.now() - started) / 1000;
}

/** Writes for as long as `measured` takes. */
async function whileWriting(
  measured: () => Promise<SearchesResult>,
  write: (stop: AbortSignal) => ReturnType<typeof writeSteadily>,
): Promise<{ resourcesPerMinute: number; searches: SearchesResult }> {
  const stop = new AbortController();
  const writes = write(stop.signal);
  const searches = await measured();
  stop.abort();
  const { resources, seconds } = await writes;
  return { resourcesPerMinute: Math.round((resources * 60) / seconds), searches };
}

async function readSizes(
  database: Database,
  space: EmbeddingSpace,
  folder: string,
): Promise<ServerFigures['sizes']> {
  const { rows } = await database.db.query<Record<string, string>>(
    `select pg_table_size('passage') as passages, pg_table_size('embedding') as vectors,
       pg_relation_size('embedding_space_${space.id}') as "vectorIndex", pg_database_size(current_database()) as database`,
  );
  const { passages, vectors, vectorIndex, database: whole } = rows[0]!;
  return {
    passages: Number(passages),
    vectors: Number(vectors),
    vectorIndex: Number(vectorIndex),
    database: Number(whole),
    snapshot: (await stat(join(folder, 'search-index'))).size,
  };
}

async function describeMachine(database: Database): Promise<ServerFigures['machine']> {
  const { rows } = await database.db.query<{ postgres: string; sharedBuffers: string }>(
    `select current_setting('server_version') as postgres, current_setting('shared_buffers') as "sharedBuffers"`,
  );
  return { cores: availableParallelism(), memoryGB: Math.round(totalmem() / 2 ** 30), ...rows[0]! };
}

function say(what: string): void {
  console.error(`${Math.round(process.uptime())} s  ${what}`);
}
