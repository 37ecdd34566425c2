import type { Database } from '../../library/db.ts';
import { type NearestFilters, nearestByIndex } from '../../library/nearest-passages.ts';
import type { EmbeddingSpace } from '../../library/spaces.ts';
import type { PassageDirectory } from '../../retrieval/passage-directory.ts';
import type { VectorLeg } from '../../retrieval/vector-leg.ts';
import { type Load, oneClient } from './latency.ts';
import type { SyntheticQuery } from './synthetic-library.ts';
import { exactNeighbours, meanRecall } from './vector-truth.ts';

/** Passages that a search asks its vector leg for. */
const ASKED = 60;
const EFFORTS = [40, 80, 120, 160, 240, 400];

/** Filters of about 50%, 5% and 0.5% of a library. */
const FILTERS: NearestFilters[] = [{ stage: 'higher' }, { stage: 'vocational' }, { type: 'training' }];

export interface CurvePoint extends Load {
  efSearch: number;
  recall10: number;
}

export interface FilterResult extends Load {
  filter: string;
  /** Share of the passages that fit. */
  share: number;
  recall10: number;
  /** Queries that got fewer passages than they asked for although there are enough. */
  incomplete: number;
}

interface Parts {
  database: Database;
  space: EmbeddingSpace;
  vectorLeg: VectorLeg;
  directory: PassageDirectory;
  queries: SyntheticQuery[];
  backends: () => Promise<number[]>;
}

/** Recall@10 against exact comparison and what it costs, for values of `hnsw.ef_search`; every query asks for 60. */
export async function measureCurve({
  database,
  space,
  queries,
  backends,
}: Omit<Parts, 'vectorLeg' | 'directory'>): Promise<CurvePoint[]> {
  const vectors = queries.map(({ vector }) => vector);
  const truths = await exactNeighbours(database, space, vectors, {});
  const points: CurvePoint[] = [];
  for (const efSearch of EFFORTS) {
    await database.transaction(async db => {
      await db.query(`set local hnsw.ef_search = ${efSearch}`);
      const ask = (vector: Float32Array, limit: number) => nearestByIndex(db, space, { vector, limit });
      for (const vector of vectors.slice(0, 50)) await ask(vector, ASKED);
      const found: number[][] = [];
      const load = await oneClient(vectors, await backends(), async vector => {
        found.push((await ask(vector, ASKED)).map(({ passageId }) => passageId));
      });
      points.push({ efSearch, recall10: meanRecall(truths, found), ...load });
    });
  }
  return points;
}

/** The vector leg as a search uses it, without and with filters. */
export async function measureLeg(parts: Parts): Promise<FilterResult[]> {
  const results: FilterResult[] = [];
  for (const filters of [{}, ...FILTERS]) results.push(await measureFilter(parts, filters));
  return results;
}

async function measureFilter(parts: Parts, filters: NearestFilters): Promise<FilterResult> {
  const { database, space, vectorLeg, directory, queries, backends } = parts;
  const truths = await exactNeighbours(
    database,
    space,
    queries.map(({ vector }) => vector),
    filters,
  );
  const fitting = directory.fitting(filters).count;
  const request = { limit: ASKED, filters, accept: () => true };
  for (const { vector } of queries.slice(0, 20)) await vectorLeg.search(vector, request);
  const found: number[][] = [];
  const load = await oneClient(queries, await backends(), async ({ vector }) => {
    found.push((await vectorLeg.search(vector, request)).map(({ passageId }) => passageId));
  });
  return {
    filter: Object.entries(filters).flat().join(' ') || 'none',
    share: fitting / directory.size(),
    recall10: meanRecall(truths, found),
    incomplete: found.filter(ids => ids.length < Math.min(ASKED, fitting)).length,
    ...load,
  };
}
