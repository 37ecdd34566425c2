import type { Database, Db } from './db.ts';
import { type EmbeddingSpace, SPACE_COLUMNS } from './spaces.ts';

/** Servers look for another live space twice a second and may load its vectors for some seconds. */
const IN_USE_SECONDS = 60;
/** Passages whose vectors go at a time: embedded, a search may wait for it. */
const DROP_PAGE = 2_000;

/** Deletes the vectors of all spaces that are retired, or were being built; nothing may build meanwhile. */
export async function dropRetired(
  database: Database,
): Promise<{ spaces: EmbeddingSpace[]; vectors: number; inUse: number }> {
  const { db, kind } = database;
  const { rows: spaces } = await db.query<EmbeddingSpace & { isInUse: boolean }>(
    `select ${SPACE_COLUMNS}, coalesce(live_until > now() - make_interval(secs => $1), false) as "isInUse"
     from public.embedding_space s
     where state <> 'live' and exists (select from public.embedding e where e.space_id = s.id)`,
    [IN_USE_SECONDS],
  );
  const idle = spaces.filter(({ isInUse }) => !isInUse);
  let vectors = 0;
  for (const space of idle) {
    // From now on nobody rolls back to it. Its row stays: generations say which space they were made in.
    const { rowCount } = await db.query(
      `update public.embedding_space set state = 'retired', live_until = null, complete_below = null
       where id = $1 and state <> 'live'`,
      [space.id],
    );
    if (!rowCount) continue;
    // Without `concurrently` every search would wait behind whoever reads the table for long. PGlite has no such index.
    if (kind === 'postgres')
      await db.query(`drop index concurrently if exists public.embedding_space_${space.id}`);
    vectors += await deleteVectors(db, space.id);
  }
  return {
    spaces: idle.map(({ isInUse: _, ...space }) => space),
    vectors,
    inUse: spaces.length - idle.length,
  };
}

async function deleteVectors(db: Db, spaceId: number): Promise<number> {
  let vectors = 0;
  for (;;) {
    const { rowCount } = await db.query(
      `delete from public.embedding where space_id = $1 and passage_id in
         (select passage_id from public.embedding where space_id = $1 order by passage_id limit $2)`,
      [spaceId, DROP_PAGE],
    );
    if (!rowCount) return vectors;
    vectors += rowCount;
  }
}
