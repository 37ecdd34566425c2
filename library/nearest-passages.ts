import type { Db } from './db.ts';
import { parseVector, vectorParameter } from './passages.ts';
import type { EmbeddingSpace } from './spaces.ts';

/** Hard filters of a search, as SQL knows them. */
export interface NearestFilters {
  language?: string;
  stage?: string;
  subject?: string;
  type?: string;
  /** Nothing but these resources. */
  resourceIds?: readonly string[];
}

/** A passage near a vector; `cosine` is 1 for the same direction. */
export interface NearPassage {
  resourceId: string;
  passageId: number;
  cosine: number;
}

const FILTER = `($3::text is null or v.language = $3 or v.language like $3 || '-%')
  and ($4::text is null or v.stage = $4) and ($5::text is null or v.subject = $5) and ($6::text is null or v.type = $6)
  and ($7::text[] is null or r.id = any($7))`;

/** The `limit` passages of live resources nearest to `vector` by exact comparison: quick up to some ten thousand. */
export async function nearestExactly(
  db: Db,
  space: EmbeddingSpace,
  near: { vector: Float32Array; limit: number; filters: NearestFilters },
): Promise<NearPassage[]> {
  const { language, stage, subject, type, resourceIds } = near.filters;
  const { rows } = await db.query<NearPassage & { passageId: string }>(
    `select v.resource_id as "resourceId", e.passage_id as "passageId", -(e.vector <#> $2::vector)::float as cosine
     from public.embedding e
     join public.passage p on p.id = e.passage_id
     join public.resource_version v on v.id = p.version_id
     join public.resource r on r.live_version = v.id and r.status = 'live'
     where e.space_id = $1 and ${FILTER}
     order by e.vector <#> $2::vector limit $8`,
    [
      space.id,
      vectorParameter(near.vector),
      language ?? null,
      stage ?? null,
      subject ?? null,
      type ?? null,
      resourceIds ?? null,
      near.limit,
    ],
  );
  return rows.map(row => ({ ...row, passageId: Number(row.passageId) }));
}

/** A passage near a vector, of whatever resource. */
export type NearVector = Omit<NearPassage, 'resourceId'>;

/** Numbers of passages as bits: number n is bit n % 8 of byte n / 8; what lies beyond the end is not among them. */
export type PassageBits = Uint8Array;

/**
 * On a server: the `limit` passages nearest to `vector` by the space's HNSW index, nearest first; with `among`, of
 * those alone. The index filters while it scans and goes on until enough fit, or until it has gone through
 * `hnsw.max_scan_tuples`: then they are fewer than `limit`. Passages of withdrawn resources are among them.
 */
export async function nearestByIndex(
  db: Db,
  space: EmbeddingSpace,
  near: { vector: Float32Array; limit: number; among?: PassageBits },
): Promise<NearVector[]> {
  const half = `halfvec(${space.dimensions})`;
  const distance = `vector::${half} <=> $1::vector::${half}`;
  // A look at one bit instead of three joins. `> 0`, because the planner takes that for a third of all rows; of `= 1`
  // it expects one in 200, and then sorts the whole table instead.
  const isAmong = 'and case when passage_id < $3 then get_bit($4::bytea, passage_id) else 0 end > 0';
  const { rows } = await db.query<{ id: string; distance: number }>(
    // The number of the space stands in the text: a parameter would not match the index's condition.
    `select passage_id as id, ${distance} as distance from public.embedding
     where space_id = ${space.id} ${near.among ? isAmong : ''} order by ${distance} limit $2`,
    [vectorParameter(near.vector), near.limit, ...(near.among ? [near.among.length * 8, near.among] : [])],
  );
  return rows
    .map(({ id, distance }) => ({ passageId: Number(id), cosine: 1 - distance }))
    .sort((a, b) => b.cosine - a.cosine);
}

/** On a server: the `limit` of `passageIds` nearest to `vector` (both of unit length) by comparing each. */
export async function nearestAmong(
  db: Db,
  space: EmbeddingSpace,
  near: { vector: Float32Array; limit: number; passageIds: ArrayLike<number> },
): Promise<NearVector[]> {
  const { rows } = await db.query<{ id: string; cosine: number }>(
    // Half the time of a look-up for each id: the scan of the key goes on from where it stands.
    `select passage_id as id, -(vector <#> $1::vector) as cosine from public.embedding
     where space_id = $3 and passage_id = any($2::bigint[]) order by vector <#> $1::vector limit $4`,
    [vectorParameter(near.vector), idsParameter(near.passageIds), space.id, near.limit],
  );
  return rows.map(({ id, cosine }) => ({ passageId: Number(id), cosine }));
}

/**
 * Ids in Postgres' binary format of a bigint[] (src/backend/utils/adt/arrayfuncs.c): dimensions, flags and type of the
 * elements, length and lower bound, then 4 bytes of length and 8 of number each, all big-endian. As text, thousands of
 * ids take milliseconds to write.
 */
function idsParameter(ids: ArrayLike<number>): Buffer {
  const BIGINT = 20;
  const bytes = Buffer.allocUnsafe(20 + ids.length * 12);
  for (const [i, value] of [1, 0, BIGINT, ids.length, 1].entries()) bytes.writeInt32BE(value, i * 4);
  for (let i = 0, at = 20; i < ids.length; i++, at += 12) {
    bytes.writeInt32BE(8, at);
    bytes.writeUInt32BE(Math.floor(ids[i]! / 2 ** 32), at + 4);
    bytes.writeUInt32BE(ids[i]! % 2 ** 32, at + 8);
  }
  return bytes;
}

/** Makes the HNSW index of a space where it is missing (servers only: PGlite would be busy for minutes). */
export async function ensureVectorIndex(db: Db, space: EmbeddingSpace): Promise<void> {
  // Looked up first: even where it is there, `create index` waits for whoever builds another index on the table, and
  // everything that is stored waits behind it.
  if ((await findVectorIndex(db, space))?.valid) return;
  await db.query(`create index if not exists ${vectorIndexOf(space)}`);
}

/** The same beside everything that goes on, for a space that is not live yet; not in a transaction, and one at a time. */
export async function ensureVectorIndexConcurrently(db: Db, space: EmbeddingSpace): Promise<void> {
  const index = await findVectorIndex(db, space);
  if (index?.valid) return;
  // What a build that was cut short leaves behind is never finished by Postgres.
  if (index) await db.query(`drop index concurrently public.${index.name}`);
  await db.query(`create index concurrently ${vectorIndexOf(space)}`);
}

async function findVectorIndex(
  db: Db,
  { id }: EmbeddingSpace,
): Promise<{ name: string; valid: boolean } | undefined> {
  const { rows } = await db.query<{ name: string; valid: boolean }>(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indexrelid = to_regclass($1)`,
    [`public.embedding_space_${id}`],
  );
  return rows[0];
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
