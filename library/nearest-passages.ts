import type { Database, Db } from './db.ts';
import { parseVector, vectorParameter } from './passages.ts';
import type { EmbeddingSpace } from './spaces.ts';

/** Hard filters of a search, as SQL knows them. */
export interface NearestFilters {
  language?: string;
  stage?: string;
  subject?: string;
  type?: string;
}

/** A passage near a vector; `cosine` is 1 for the same direction. */
export interface NearPassage {
  resourceId: string;
  passageId: number;
  cosine: number;
}

/** Up to this many passages fit the filter: they are compared one by one, because HNSW filters after its scan. */
const EXACT_UP_TO = 20_000;

const FILTER = `($3::text is null or v.language = $3 or v.language like $3 || '-%')
  and ($4::text is null or v.stage = $4) and ($5::text is null or v.subject = $5) and ($6::text is null or v.type = $6)`;

/** The `limit` passages of live resources nearest to `vector` by exact comparison: quick up to some ten thousand. */
export async function nearestExactly(
  db: Db,
  space: EmbeddingSpace,
  near: { vector: Float32Array; limit: number; filters: NearestFilters },
): Promise<NearPassage[]> {
  const { language, stage, subject, type } = near.filters;
  const { rows } = await db.query<NearPassage & { passageId: string }>(
    `select v.resource_id as "resourceId", e.passage_id as "passageId", -(e.vector <#> $2::vector)::float as cosine
     from public.embedding e
     join public.passage p on p.id = e.passage_id
     join public.resource_version v on v.id = p.version_id
     join public.resource r on r.live_version = v.id and r.status = 'live'
     where e.space_id = $1 and ${FILTER}
     order by e.vector <#> $2::vector limit $7`,
    [
      space.id,
      vectorParameter(near.vector),
      language ?? null,
      stage ?? null,
      subject ?? null,
      type ?? null,
      near.limit,
    ],
  );
  return rows.map(row => ({ ...row, passageId: Number(row.passageId) }));
}

/**
 * The same by the space's HNSW index, on a server. A filter that leaves few passages is answered exactly: counting
 * first costs a millisecond, and HNSW with a narrow filter finds 4% to 38% of what it should.
 */
export async function nearestByIndex(
  database: Database,
  space: EmbeddingSpace,
  near: { vector: Float32Array; limit: number; filters: NearestFilters },
): Promise<NearPassage[]> {
  const { language, stage, subject, type } = near.filters;
  const parameters = [language ?? null, stage ?? null, subject ?? null, type ?? null];
  const { rows: counted } = await database.readDb.query<{ n: number }>(
    `select coalesce(sum(v.passage_count), 0)::int as n
     from public.resource_version v join public.resource r on r.live_version = v.id and r.status = 'live'
     where ${FILTER.replace(/\$(\d)/g, (_, n) => `$${Number(n) - 2}`)}`,
    parameters,
  );
  if (counted[0]!.n <= EXACT_UP_TO) return nearestExactly(database.readDb, space, near);
  return database.transaction(async db => {
    // The index filters after its scan; going on until enough fit keeps wide filters complete.
    await db.query('set local hnsw.iterative_scan = relaxed_order');
    await db.query('set local hnsw.ef_search = 120');
    const half = `halfvec(${space.dimensions})`;
    const { rows } = await db.query<NearPassage & { passageId: string }>(
      `select v.resource_id as "resourceId", e.passage_id as "passageId",
         1 - (e.vector::${half} <=> $2::vector::${half})::float as cosine
       from public.embedding e
       join public.passage p on p.id = e.passage_id
       join public.resource_version v on v.id = p.version_id
       join public.resource r on r.live_version = v.id and r.status = 'live'
       where e.space_id = ${space.id} and $1::int is not null and ${FILTER}
       order by e.vector::${half} <=> $2::vector::${half} limit $7`,
      [space.id, vectorParameter(near.vector), ...parameters, near.limit],
    );
    return rows.map(row => ({ ...row, passageId: Number(row.passageId) }));
  });
}

/** Makes the HNSW index of a space where it is missing (servers only: PGlite would be busy for minutes). */
export async function ensureVectorIndex(db: Db, space: EmbeddingSpace): Promise<void> {
  await db.query(`create index if not exists ${vectorIndexOf(space)}`);
}

/** The same beside everything that goes on, for a space that is not live yet; not in a transaction, and one at a time. */
export async function ensureVectorIndexConcurrently(db: Db, space: EmbeddingSpace): Promise<void> {
  const { rows } = await db.query<{ name: string; valid: boolean }>(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indexrelid = to_regclass($1)`,
    [`public.embedding_space_${space.id}`],
  );
  if (rows[0]?.valid) return;
  // What a build that was cut short leaves behind is never finished by Postgres.
  if (rows[0]) await db.query(`drop index concurrently public.${rows[0].name}`);
  await db.query(`create index concurrently ${vectorIndexOf(space)}`);
}

function vectorIndexOf({ id, dimensions }: EmbeddingSpace): string {
  return `embedding_space_${id} on public.embedding
     using hnsw ((vector::halfvec(${dimensions})) halfvec_cosine_ops) where space_id = ${id}`;
}

/** Vectors of versions in a space, for an index in the process. */
export async function readVectors(
  db: Db,
  space: EmbeddingSpace,
  versionIds: string[],
): Promise<{ versionId: string; passageId: number; vector: Float32Array }[]> {
  const { rows } = await db.query<{ versionId: string; passageId: string; bytes: string }>(
    // Passages first, then one look-up by key for each: statistics are old while a library comes in, and a planner that
    // believes the tables to be empty reads all vectors instead (240 ms at 79,000).
    `with p as materialized (select id, version_id from public.passage where version_id = any($2::bigint[]))
     select p.version_id::text as "versionId", p.id as "passageId", encode(vector_send(e.vector), 'hex') as bytes
     from p cross join lateral
       (select vector from public.embedding where space_id = $1 and passage_id = p.id limit 1) e`,
    [space.id, versionIds],
  );
  return rows.map(({ versionId, passageId, bytes }) => ({
    versionId,
    passageId: Number(passageId),
    vector: parseVector(bytes),
  }));
}
