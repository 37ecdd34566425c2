import type { Db } from './db.ts';
import type { Ring } from './jobs.ts';

/**
 * Every batch that is not done, with how many of the same owner stand before it. Owners are accounts; of what the
 * operator ingests, each run is one of its own.
 */
const UNFINISHED = `select b.id, b.epoch, b.lease_until,
    (row_number() over (partition by coalesce(run.account_id, -run.id) order by b.id) - 1)::int as ahead
  from public.ingestion_batch b join public.ingestion_run run on run.id = b.run_id where b.state <> 'done'`;

/** What to ring for these batches; those that are done already need none. */
export async function ringsOf(db: Db, batchIds: string[]): Promise<Ring[]> {
  if (batchIds.length === 0) return [];
  const { rows } = await db.query<Ring>(
    `select id::text as "batchId", epoch, ahead from (${UNFINISHED}) unfinished
     where id = any($1::bigint[]) order by ahead, id`,
    [batchIds],
  );
  return rows;
}

/**
 * Batches that nobody works on (never taken, given back, or their worker has fallen silent), in the order in which they
 * have their turn.
 */
export async function findIdleBatches(db: Db, limit: number): Promise<Ring[]> {
  const { rows } = await db.query<Ring>(
    `select id::text as "batchId", epoch, ahead from (${UNFINISHED}) unfinished
     where lease_until is null or lease_until < now() order by ahead, id limit $1`,
    [limit],
  );
  return rows;
}
