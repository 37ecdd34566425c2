import type { Database, Db } from '../../library/db.ts';
import type { NearestFilters } from '../../library/nearest-passages.ts';
import { vectorParameter } from '../../library/passages.ts';
import type { EmbeddingSpace } from '../../library/spaces.ts';

/** Neighbours that recall counts. */
export const NEIGHBOURS = 10;

/**
 * The nearest passages by comparing all that fit, read from the rows: what an index should find. Without a filter it
 * takes all vectors of the space, so no resource may be withdrawn.
 */
export async function exactNeighbours(
  database: Database,
  space: EmbeddingSpace,
  vectors: Float32Array[],
  filters: NearestFilters,
): Promise<Set<number>[]> {
  return database.transaction(async db => {
    // The whole table in order is the quickest way to see all of it.
    await db.query('set local enable_indexscan = off');
    const isFiltered = Object.keys(filters).length > 0;
    if (isFiltered) await copyFitting(db, space, filters);
    const truths: Set<number>[] = [];
    for (const vector of vectors) {
      const { rows } = await db.query<{ id: string }>(
        `select passage_id as id from ${isFiltered ? 'fitting' : 'public.embedding'}
         where space_id = $1 order by vector <#> $2::vector limit ${NEIGHBOURS}`,
        [space.id, vectorParameter(vector)],
      );
      truths.push(new Set(rows.map(({ id }) => Number(id))));
    }
    if (isFiltered) await db.query('drop table fitting');
    return truths;
  });
}

/** The vectors that fit, in a table of their own: a join for every query would take longer than the comparison. */
async function copyFitting(db: Db, space: EmbeddingSpace, filters: NearestFilters): Promise<void> {
  const { stage, subject, type } = filters;
  await db.query(
    // Not a temporary one: those are kept from parallel scans.
    `create unlogged table fitting as
     select e.* from public.resource r join public.resource_version v on v.id = r.live_version
     join public.passage p on p.version_id = v.id join public.embedding e on e.passage_id = p.id
     where e.space_id = $1 and r.status = 'live' and ($2::text is null or v.stage = $2)
       and ($3::text is null or v.subject = $3) and ($4::text is null or v.type = $4)`,
    [space.id, stage ?? null, subject ?? null, type ?? null],
  );
}

/** The share of the true neighbours that were found, in the mean over the queries. */
export function meanRecall(truths: Set<number>[], found: number[][]): number {
  const shares = truths.map((truth, i) => {
    const hits = found[i]!.slice(0, NEIGHBOURS).filter(id => truth.has(id)).length;
    return truth.size === 0 ? 1 : hits / truth.size;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
