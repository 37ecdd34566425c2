import type { Database } from '../library/db.ts';
import {
  type NearestFilters,
  type NearPassage,
  nearestByIndex,
  nearestExactly,
} from '../library/nearest-passages.ts';
import type { EmbeddingSpace } from '../library/spaces.ts';
import type { FlatVectors } from './flat-vectors.ts';
import type { IndexedResource } from './lexical-index.ts';

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
 * On a server pgvector's HNSW index; embedded pgvector's exact scan while the library is small, and an exact scan over
 * a copy of the vectors in the process above that.
 */
export function createVectorLeg(database: Database, space: EmbeddingSpace, flat: FlatVectors): VectorLeg {
  return {
    ...(database.kind === 'pglite' && { compare: flat.compare }),
    async search(vector, { limit, filters, accept }) {
      const near = { vector, limit, filters };
      if (database.kind === 'postgres') return nearestByIndex(database, space, near);
      return flat.size() > SQL_UP_TO
        ? flat.search(vector, limit, accept)
        : nearestExactly(database.readDb, space, near);
    },
  };
}
