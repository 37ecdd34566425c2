import type { Database, Db } from '../../library/db.ts';
import type { NearestFilters } from '../../library/nearest-passages.ts';
import { vectorParameter } from '../../library/passages.ts';
import type { EmbeddingSpace } from '../../library/spaces.ts';

/** Neighbours that recall counts. */
export const NEIGHBOURS = 10;

/** The nearest passages of live resources by comparing all that fit, read from the rows: what an index should find. */
export async function exactNeighbours(
  database: Database,
  space: EmbeddingSpace,
  vectors: Float32Array[],
  filters: NearestFilters,
): Promise<Set<number>[]> {
  return database.transaction(async db => {
    // The whole table in order is the quickest way to see all of it, and two processes are quicker than one.
    await db.query('set local enable_indexscan = off');
    await db.query('set local max_parallel_workers_per_gather = 2');
    await db.query("set local work_mem = '256MB'");
    await markFitting(db, filters);
    const truths: Set<number>[] = [];
    for (const vector of vectors) {
      const { rows } = await db.query<{ id: string }>(
        `select e.passage_id as id from public.embedding e join fitting f on f.id = e.passage_id
         where e.space_id = $1 order by e.vector <#> $2::vector limit ${NEIGHBOURS}`,
        [space.id, vectorParameter(vector)],
      );
      truths.push(new Set(rows.map(({ id }) => Number(id))));
    }
    return truths;
  });
}

async function markFitting(db: Db, { stage, subject, type }: NearestFilters): Promise<void> {
  await db.query('drop table if exists fitting');
  await db.query(
    // Not a temporary one: those are kept from parallel scans.
    `create unlogged table fitting as
     select p.id from public.resource r join public.resource_version v on v.id = r.live_version
     join public.passage p on p.version_id = v.id
     where r.status = 'live' and ($1::text is null or v.stage = $1) and ($2::text is null or v.subject = $2)
       and ($3::text is null or v.type = $3)`,
    [stage ?? null, subject ?? null, type ?? null],
  );
  await db.query('analyze fitting');
}

/** The share of the true neighbours that were found, in the mean over the queries. */
export function meanRecall(truths: Set<number>[], found: number[][]): number {
  const shares = truths.map((truth, i) => {
    const hits = found[i]!.slice(0, NEIGHBOURS).filter(id => truth.has(id)).length;
    return truth.size === 0 ? 1 : hits / truth.size;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
