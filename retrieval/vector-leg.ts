import type { Database, Db } from '../library/db.ts';
import {
  type NearestFilters,
  type NearPassage,
  type NearVector,
  nearestAmong,
  nearestByIndex,
  nearestExactly,
} from '../library/nearest-passages.ts';
import type { EmbeddingSpace } from '../library/spaces.ts';
import type { FlatVectors } from './flat-vectors.ts';
import type { IndexedResource } from './lexical-index.ts';
import { idsOf, type PassageDirectory } from './passage-directory.ts';

/** What the vector leg is asked: `accept` is `filters` (and what is left out) as a function. */
export interface NearRequest {
  limit: number;
  filters: NearestFilters;
  accept(resource: IndexedResource): boolean;
}

/** The second leg of a search: passages by nearness of their vectors, nearest first. */
export interface VectorLeg {
  search(vector: Float32Array, request: NearRequest): Promise<NearPassage[]>;
  /** The nearest passage of each of these resources, without a search; absent where the vectors are on a server. */
  compare?(vector: Float32Array, resourceIds: string[]): NearPassage[];
}

/** Embedded, SQL compares up to so many vectors in 15 ms; beyond, the copy in the process is quicker. */
const SQL_UP_TO = 10_000;

/**
 * On a server, how many comparisons by key are worth one passage that the HNSW scan passes. By processor time it is 20
 * (28 microseconds beside 1.3); more, because a filter of 5% lost recall in the scan (0.93) and loses none in comparing.
 */
const SCAN_COST = 64;

/**
 * On a server pgvector's HNSW index; embedded pgvector's exact scan while the library is small, and an exact scan over
 * a copy of the vectors in the process above that.
 */
export function createVectorLeg(
  database: Database,
  space: EmbeddingSpace,
  { flat, directory }: { flat: FlatVectors; directory: PassageDirectory },
): VectorLeg {
  if (database.kind === 'postgres') return createServerLeg(database.readDb, space, directory);
  return {
    compare: flat.compare,
    async search(vector, { limit, filters, accept }) {
      return flat.size() > SQL_UP_TO
        ? flat.search(vector, limit, accept)
        : nearestExactly(database.readDb, space, { vector, limit, filters });
    },
  };
}

/** The directory says how many passages fit and which, so that SQL looks at nothing but vectors. */
function createServerLeg(db: Db, space: EmbeddingSpace, directory: PassageDirectory): VectorLeg {
  const owned = (near: NearVector[]): NearPassage[] =>
    near.flatMap(({ passageId, cosine }) => {
      const resourceId = directory.ownerOf(passageId);
      return resourceId === undefined ? [] : [{ resourceId, passageId, cosine }];
    });

  async function searchAmong(vector: Float32Array, limit: number, filters: NearestFilters) {
    const fitting = directory.fitting(filters);
    // So many does the scan have to pass until enough of them fit.
    const passed = (limit * directory.size()) / Math.max(1, fitting.count);
    if (fitting.count > passed * SCAN_COST) {
      const near = owned(await nearestByIndex(db, space, { vector, limit, among: fitting.bits }));
      if (near.length === limit) return near;
    }
    // Narrow, or the index gave up before it had enough: what fits lies far from the query.
    return owned(await nearestAmong(db, space, { vector, limit, passageIds: idsOf(fitting) }));
  }

  return {
    async search(vector, { limit, filters }) {
      if (Object.values(filters).some(value => value !== undefined)) {
        return searchAmong(vector, limit, filters);
      }
      const near = await nearestByIndex(db, space, { vector, limit });
      const live = owned(near);
      // What was withdrawn still has vectors; where that left gaps, only what is live is looked at.
      return live.length < near.length ? searchAmong(vector, limit, filters) : live;
    },
  };
}
