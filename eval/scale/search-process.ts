import { parseArgs } from 'node:util';
import { openDatabase } from '../../library/db.ts';
import { createQueryEmbedder } from '../../models/query-embedder.ts';
import { createSearcher } from '../../retrieval/search.ts';
import type { SearchRequest } from '../../retrieval/search-request.ts';
import { createGivenEmbedder, failSearch, openGivenRetrieval, syntheticSpace } from './given-embedder.ts';
import { type Load, oneClient, openLoop, type Quantiles, quantilesOf } from './latency.ts';
import { type CurvePoint, type FilterResult, measureCurve, measureLeg } from './measure-vectors.ts';
import { backendsOf, readMemory } from './process-cost.ts';
import { createSyntheticLibrary } from './synthetic-library.ts';

/*
 * A process that searches as a server does, started by benchmark-server.ts with an IPC channel: it says when it is
 * ready, measures when told what, and sends each result back.
 */

export type Order =
  | { measure: 'curve' | 'legs'; queries: number }
  | { measure: 'searches'; queries: number; rate: number }
  | { measure: 'memory' | 'close' };

export interface Ready {
  /** Seconds since the process was started. */
  ready: number;
  memory: { now: number; peak: number | null };
  statistics: object;
}

export interface SearchesResult {
  oneClient: Load;
  /** The same searches by part; they add up to all but the fusion. */
  parts: { lexical: Quantiles; vector: Quantiles; rows: Quantiles };
  openLoop: Load;
  filtered: { filter: string; load: Load }[];
}

export type Report = Ready | CurvePoint[] | FilterResult[] | SearchesResult | Ready['memory'] | null;

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    folder: { type: 'string' },
    dimensions: { type: 'string' },
    resources: { type: 'string' },
  },
});
const APPLICATION = 'zhujiao-search-process';
const address = new URL(values.database!);
address.searchParams.set('application_name', APPLICATION);

const resources = Number(values.resources);
const startedMaking = process.uptime();
const library = createSyntheticLibrary({ dimensions: Number(values.dimensions) });
const queries = Array.from({ length: 3000 }, (_, i) => library.query(i, resources));
// The questions are the benchmark's work, not the server's.
const making = process.uptime() - startedMaking;
const database = await openDatabase({ databaseUrl: address.href, dataDir: '' });
const embedder = createGivenEmbedder(syntheticSpace(Number(values.dimensions)), queries);
const retrieval = await openGivenRetrieval(database, embedder, values.folder!);
const { index, directory, ready, close } = retrieval;
const space = retrieval.space();
const vectorLeg = retrieval.vectorLeg();
await ready;
await send({
  ready: process.uptime() - making,
  memory: await readMemory(),
  statistics: index.statistics(),
});
process.on('message', (order: Order) => void obey(order).then(send));

async function send(result: Report): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.send!(result, undefined, undefined, error => (error ? reject(error) : resolve()));
  });
  if (result === null) process.disconnect();
}

async function obey(order: Order): Promise<Report> {
  const backends = () => backendsOf(database.db, APPLICATION);
  switch (order.measure) {
    case 'curve':
      return measureCurve({ database, space, queries: queries.slice(0, order.queries), backends });
    case 'legs':
      return measureLeg({
        database,
        space,
        vectorLeg,
        directory,
        queries: queries.slice(0, order.queries),
        backends,
      });
    case 'searches':
      return measureSearches(order.queries, order.rate);
    case 'memory':
      return readMemory();
    case 'close':
      await close();
      await database.close();
      return null;
  }
}

async function measureSearches(count: number, rate: number): Promise<SearchesResult> {
  const times = { lexical: [] as number[], vector: [] as number[], rows: [] as number[] };
  const timed = async <T>(part: keyof typeof times, work: () => T): Promise<Awaited<T>> => {
    const started = performance.now();
    const result = await work();
    times[part].push(performance.now() - started);
    return result;
  };
  const { search } = createSearcher({
    db: { query: (text, parameters) => timed('rows', () => database.plannedDb.query(text, parameters)) },
    index: {
      ...index,
      search(...query) {
        const started = performance.now();
        const ranking = index.search(...query);
        times.lexical.push(performance.now() - started);
        return ranking;
      },
    },
    vectors: () => ({
      embedder: createQueryEmbedder(embedder),
      vectorLeg: { search: (vector, request) => timed('vector', () => vectorLeg.search(vector, request)) },
    }),
    onLost: failSearch,
  });
  const ask =
    (filters: SearchRequest['filters'] = {}) =>
    (i: number) =>
      search({ query: queries[i % queries.length]!.text, limit: 10, filters }, null);
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (const i of numbers.slice(0, 200)) await ask()(i);
  const backends = await backendsOf(database.db, APPLICATION);
  for (const part of Object.values(times)) part.length = 0;
  const alone = await oneClient(numbers, backends, ask());
  const partQuantiles = {
    lexical: quantilesOf(times.lexical),
    vector: quantilesOf(times.vector),
    rows: quantilesOf(times.rows),
  };
  // Its connections are opened first: a server has them when the day begins.
  await openLoop(numbers.slice(0, rate), rate, backends, ask());
  const all = await backendsOf(database.db, APPLICATION);
  const crowd = await openLoop(numbers, rate, all, ask());
  const filtered: SearchesResult['filtered'] = [];
  for (const filters of [{ stage: 'higher' }, { stage: 'vocational' }, { type: 'training' }]) {
    const load = await oneClient(numbers.slice(0, Math.ceil(count / 5)), all, ask(filters));
    filtered.push({ filter: Object.entries(filters).flat().join(' '), load });
  }
  return { oneClient: alone, parts: partQuantiles, openLoop: crowd, filtered };
}
