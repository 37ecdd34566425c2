import type { Database } from './db.ts';
import { AppError } from './errors.ts';
import type { IngestionQueue } from './jobs.ts';
import { ringsOf } from './rings.ts';

/**
 * Tries failed items of a run again, all or the one given; those whose payload is gone (they were no resource at all)
 * stay as they are.
 * @returns how many are tried
 */
export async function retryFailed(
  { database, queue }: { database: Database; queue: IngestionQueue },
  runId: string,
  item?: { batchId: string; ordinal: number },
): Promise<{ retried: number }> {
  const { retried, rings } = await database.transaction(async db => {
    const { rows } = await db.query<{ batchId: string; items: number }>(
      `with again as (
         update public.ingestion_item item set state = 'waiting', reason = null
         from public.ingestion_batch b
         where b.id = item.batch_id and b.run_id = $1 and b.state = 'done' and item.state = 'failed'
           and item.payload is not null and ($2::bigint is null or (item.batch_id = $2 and item.ordinal = $3))
         returning item.batch_id),
       counted as (select batch_id, count(*)::int as items from again group by batch_id)
       update public.ingestion_batch b
       set state = 'waiting', attempts = 0, epoch = b.epoch + 1, lease_until = null, finished_at = null
       from counted where b.id = counted.batch_id
       returning b.id::text as "batchId", counted.items`,
      [runId, item?.batchId ?? null, item?.ordinal ?? null],
    );
    if (rows.length > 0) {
      await db.query(
        `update public.ingestion_run set state = 'working', reason = null, finished_at = null
         where id = $1 and state in ('done', 'failed', 'cancelled')`,
        [runId],
      );
    }
    const rings = await ringsOf(
      db,
      rows.map(({ batchId }) => batchId),
    );
    return { retried: rows.reduce((sum, { items }) => sum + items, 0), rings };
  });
  await queue.ring(rings);
  return { retried };
}

/**
 * Ends a run: what still waits is not taken in, what is in stays. A worker that holds a batch of it finds out at its
 * next commit.
 * @throws AppError `conflict` when it has ended already
 */
export async function cancelRun({ database }: { database: Database }, runId: string): Promise<void> {
  await database.transaction(async db => {
    const { rowCount } = await db.query(
      `update public.ingestion_run set state = 'cancelled', finished_at = now()
       where id = $1 and state in ('reading', 'working')`,
      [runId],
    );
    if (!rowCount) throw new AppError('conflict', 'The run has ended already. Load the page again.');
    // The batches first, as a worker does: whoever commits second finds the other's work and gives way.
    await db.query(
      `update public.ingestion_batch set state = 'done', epoch = epoch + 1, lease_until = null, finished_at = now()
       where run_id = $1 and state <> 'done'`,
      [runId],
    );
    await db.query(
      `update public.ingestion_item item set state = 'cancelled', payload = null from public.ingestion_batch b
       where b.id = item.batch_id and b.run_id = $1 and item.state = 'waiting'`,
      [runId],
    );
  });
}
