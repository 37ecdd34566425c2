import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../../library/db.ts';
import { readVisiblePassages } from '../../library/found-passages.ts';
import { migrate } from '../../library/migrate.ts';
import { ensureVectorIndex } from '../../library/nearest-passages.ts';
import type { Stage } from '../../library/resources.ts';
import { liveSpace } from '../../library/spaces.ts';
import { storeResources } from '../../library/store-resources.ts';
import { createServerDatabase, dropServerDatabase } from '../../library/testing/server-database.ts';
import { createGivenEmbedder, openGivenRetrieval, syntheticSpace } from './given-embedder.ts';
import { type Load, oneClient } from './latency.ts';
import { chunksOf, FILTERS, makePeerData, type PeerData } from './peer-data.ts';
import {
  installPeers,
  openPeer,
  PEER_INDEX,
  PEER_NAMES,
  type PeerName,
  type StoredPassage,
} from './peers.ts';
import { table } from './print-report.ts';
import { backendsOf } from './process-cost.ts';
import { meanRecall, NEIGHBOURS } from './vector-truth.ts';

const HELP = `Usage: node --import tsx eval/scale/benchmark-peers.ts DATABASE_URL [options]

Stores the same passages with the same vectors in Zhujiao's library and in the Postgres stores of LangChain and
LlamaIndex.TS, on the same Postgres, one after the other, each in a database of its own, and measures the rate of
storing (one writer, texts and vectors given) and searches for the ten nearest with their texts (one client): without
an index, with an HNSW index added, and with hnsw.ef_search as Zhujiao has it. The peers are installed into a folder of
their own.

  --passages N      passages (50000)
  --dimensions N    numbers of a vector (256)
  --queries N       searches of each measurement (200)
  --folder DIR      where the peers are installed (a folder beside temporary files)
  --out FILE        also writes everything as JSON`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    passages: { type: 'string', default: '50000' },
    dimensions: { type: 'string', default: '256' },
    queries: { type: 'string', default: '200' },
    folder: { type: 'string', default: join(tmpdir(), 'zhujiao-peers') },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** Passages of a call that stores. */
const CHUNK = 500;
/** Passages that a search asks its vector leg for, however few are shown. */
const ASKED = 60;
const APPLICATION = 'zhujiao-peers';
interface Row {
  store: string;
  filter: string;
  recall10: number;
  load: Load;
}

interface StoreResult {
  store: string;
  passagesPerSecond: number;
  indexSeconds: number;
}

type Search = (vector: Float32Array, stage?: Stage) => Promise<number[]>;

if (values.help) console.log(HELP);
else if (!positionals[0]) throw new Error('Name the DATABASE_URL of a Postgres server; see --help.');
else await run(positionals[0]);

async function run(serverUrl: string): Promise<void> {
  say('installing the peers');
  await installPeers(values.folder);
  say('making passages, and comparing all of them with the queries');
  const data = makePeerData({
    passages: Number(values.passages),
    dimensions: Number(values.dimensions),
    queries: Number(values.queries),
  });
  const rows: Row[] = [];
  const stores: StoreResult[] = [];
  let lexicalSeconds = 0;
  await withDatabase(serverUrl, async url => {
    lexicalSeconds = await measureOwn(url, data, stores, rows);
  });
  for (const name of PEER_NAMES)
    await withDatabase(serverUrl, url => measurePeer(name, url, data, stores, rows));
  print(stores, rows, lexicalSeconds);
  if (values.out)
    await writeFile(values.out, `${JSON.stringify({ stores, rows, lexicalSeconds }, null, 2)}\n`);
}

/** Returns how long reading the texts into the lexical index takes, which the peers do not have. */
async function measureOwn(url: string, data: PeerData, stores: StoreResult[], rows: Row[]): Promise<number> {
  const database = await openDatabase({ databaseUrl: url, dataDir: '' });
  const folder = await mkdtemp(join(tmpdir(), 'zhujiao-peers-own-'));
  try {
    await migrate(database);
    const embedder = createGivenEmbedder(syntheticSpace(data.dimensions), data.queries);
    const space = await liveSpace(database.db, embedder.space);
    say('Zhujiao: storing');
    const storing = await seconds(async () => {
      for (const batch of chunksOf(data.resources, CHUNK)) {
        await database.transaction(db => storeResources(db, batch, space.id));
      }
    });
    const indexSeconds = await seconds(() => ensureVectorIndex(database.db, space));
    stores.push({ store: 'Zhujiao', passagesPerSecond: data.passages.length / storing, indexSeconds });
    await database.db.query('vacuum analyze');
    const retrieval = await openGivenRetrieval(database, embedder, folder);
    const lexicalSeconds = await seconds(() => retrieval.ready);
    const placeOf = await readPlaces(database);
    await measureSearches('Zhujiao', url, data, rows, async (vector, stage) => {
      const filters = stage ? { stage } : {};
      const request = { limit: ASKED, filters, accept: () => true };
      const near = await retrieval.vectorLeg().search(vector, request);
      const ids = near.slice(0, NEIGHBOURS).map(({ passageId }) => passageId);
      const found = new Set(
        (await readVisiblePassages(database.plannedDb, ids, null)).map(row => Number(row.passageId)),
      );
      return ids.filter(id => found.has(id)).map(id => placeOf.get(id)!);
    });
    await retrieval.close();
    return lexicalSeconds;
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
}

/** By passage id, its number in the data: ids rise in the order in which passages were stored. */
async function readPlaces(database: Database): Promise<Map<number, number>> {
  const { rows } = await database.db.query<{ id: string }>('select id from passage order by id');
  return new Map(rows.map(({ id }, place) => [Number(id), place]));
}

async function measurePeer(
  name: PeerName,
  url: string,
  data: PeerData,
  stores: StoreResult[],
  rows: Row[],
): Promise<void> {
  const options = { folder: values.folder, databaseUrl: url, dimensions: data.dimensions };
  const placeOf = new Map<string, number>();
  const database = await openDatabase({ databaseUrl: url, dataDir: '' });
  const asked = async (store: string) => {
    await database.db.query('vacuum analyze');
    const peer = await openPeer(name, options);
    await measureSearches(store, url, data, rows, async (vector, stage) =>
      (await peer.search([...vector], NEIGHBOURS, stage)).map(id => placeOf.get(id)!),
    );
    await peer.close();
  };
  try {
    const peer = await openPeer(name, options);
    say(`${name}: storing`);
    let storing = 0;
    for (let first = 0; first < data.passages.length; first += CHUNK) {
      const chunk = data.passages
        .slice(first, first + CHUNK)
        .map(({ text, stage, vector }, i): StoredPassage => {
          const id = randomUUID();
          placeOf.set(id, first + i);
          return { id, text, stage, vector: [...vector] };
        });
      storing += await seconds(() => peer.add(chunk));
    }
    await peer.close();
    await asked(`${name}, as it comes`);
    say(`${name}: building an index`);
    const create = PEER_INDEX[name].replace('DIMENSIONS', `${data.dimensions}`);
    const indexSeconds = await seconds(() => database.db.query(create));
    stores.push({ store: name, passagesPerSecond: data.passages.length / storing, indexSeconds });
    await asked(`${name}, HNSW added`);
    const { rows: settings } = await database.db.query<{ ef: string }>(
      `select current_setting('hnsw.ef_search') as ef`,
    );
    const ef = settings[0]!.ef;
    await database.db.query(`alter database ${new URL(url).pathname.slice(1)} set hnsw.ef_search = ${ef}`);
    await asked(`${name}, HNSW, ef_search ${ef}`);
  } finally {
    await database.close();
  }
}

async function measureSearches(
  store: string,
  url: string,
  data: PeerData,
  rows: Row[],
  search: Search,
): Promise<void> {
  const database = await openDatabase({ databaseUrl: url, dataDir: '' });
  for (const stage of FILTERS) {
    say(`${store}: searching, ${stage ?? 'no filter'}`);
    for (const { vector } of data.queries.slice(0, 20)) await search(vector, stage);
    const found: number[][] = [];
    const backends = await backendsOf(database.db, APPLICATION);
    const load = await oneClient(data.queries, backends, async ({ vector }) => {
      found.push(await search(vector, stage));
    });
    const recall10 = meanRecall(data.truths.get(stage)!, found);
    rows.push({ store, filter: stage ?? 'none', recall10, load });
  }
  await database.close();
}

/** A database for one store; its settings are the same for all of them. */
async function withDatabase(serverUrl: string, work: (url: string) => Promise<void>): Promise<void> {
  const plain = await createServerDatabase(serverUrl);
  const database = await openDatabase({ databaseUrl: plain, dataDir: '' });
  await database.db.query(
    `alter database ${new URL(plain).pathname.slice(1)} set maintenance_work_mem = '1GB'`,
  );
  await database.db.query('create extension if not exists vector');
  await database.close();
  const url = new URL(plain);
  url.searchParams.set('application_name', APPLICATION);
  try {
    await work(url.href);
  } finally {
    await dropServerDatabase(serverUrl, plain);
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function print(stores: StoreResult[], rows: Row[], lexicalSeconds: number): void {
  table(
    ['store', 'passages stored a second', 'HNSW index, s'],
    stores.map(({ store, passagesPerSecond, indexSeconds }) => [
      store,
      passagesPerSecond.toFixed(0),
      indexSeconds.toFixed(1),
    ]),
  );
  console.log(`\nZhujiao's lexical index, which the others do not have: ${lexicalSeconds.toFixed(1)} s.`);
  table(
    ['store', 'filter', 'recall@10', 'p50 ms', 'p95', 'p99', 'node CPU ms', 'Postgres CPU ms'],
    rows.map(({ store, filter, recall10, load }) => [
      store,
      filter,
      recall10.toFixed(3),
      ...[load.p50, load.p95, load.p99, load.node].map(value => value.toFixed(2)),
      load.postgres?.toFixed(2) ?? 'unknown',
    ]),
  );
}

function say(what: string): void {
  console.error(`${Math.round(process.uptime())} s  ${what}`);
}
