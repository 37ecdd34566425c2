import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import { closeRun, LONGEST_REASON, type Upload } from './ingestion-runs.ts';

/** How long a worker may be silent before another one takes its batch; it renews with every transaction. */
const LEASE_SECONDS = 30;

/** How often a batch is tried before its waiting items are given up with the reason. */
export const MAX_ATTEMPTS = 5;

/** A batch that this worker holds. Only its `epoch` lets it write: whoever takes the batch next gets a higher one. */
export interface TakenBatch {
  batchId: string;
  epoch: number;
  runId: string;
  /** How often it was taken, this time included. */
  attempts: number;
  label: string;
  /** Null for what the operator ingests. */
  upload: Upload | null;
}

/** An item that waits in a batch. */
export interface WaitingItem {
  ordinal: number;
  resourceId: string;
  place: string;
  payload: string;
}

/** What became of an item. */
export interface ItemOutcome {
  ordinal: number;
  state: 'added' | 'updated' | 'unchanged' | 'proposed' | 'unpacked' | 'failed';
  reason?: string;
}

/** Takes a batch for `LEASE_SECONDS`; undefined when it is done or another worker holds it. */
export async function takeBatch(db: Db, batchId: string): Promise<TakenBatch | undefined> {
  const { rows } = await db.query<TakenBatch>(
    `update public.ingestion_batch b
     set state = 'taken', epoch = b.epoch + 1, attempts = b.attempts + 1, lease_until = now() + $2 * interval '1 s'
     from public.ingestion_run run
     where b.id = $1 and run.id = b.run_id and b.state <> 'done' and (b.lease_until is null or b.lease_until < now())
     returning b.id::text as "batchId", b.epoch, run.id::text as "runId", b.attempts, run.label,
       case when run.uploaded then json_build_object('accountId', run.account_id::text, 'visibility', run.visibility,
         'classId', run.class_id::text) end as upload`,
    [batchId, LEASE_SECONDS],
  );
  return rows[0];
}

/**
 * Renews the lease; in a transaction it also keeps every other worker from taking the batch until the commit.
 * @throws AppError `conflict` when another worker has taken the batch: nothing of this transaction may be kept.
 */
export async function holdBatch(db: Db, { batchId, epoch }: TakenBatch): Promise<void> {
  const { rowCount } = await db.query(
    `update public.ingestion_batch set lease_until = now() + $3 * interval '1 s'
     where id = $1 and epoch = $2 and state = 'taken'`,
    [batchId, epoch, LEASE_SECONDS],
  );
  if (!rowCount) {
    throw new AppError(
      'conflict',
      `Ingestion batch ${batchId} was taken over by another worker; its work is dropped.`,
      {
        details: { fenced: true },
      },
    );
  }
}

/** True for the error of `holdBatch`. */
export function isFenced(error: unknown): boolean {
  return error instanceof AppError && error.details?.fenced === true;
}

/** Gives a batch back, to be taken again; `asTried` false when it was stopped, not tried. */
export async function releaseBatch(db: Db, { batchId, epoch }: TakenBatch, asTried: boolean): Promise<void> {
  await db.query(
    `update public.ingestion_batch set state = 'waiting', lease_until = null, attempts = attempts - $3
     where id = $1 and epoch = $2 and state = 'taken'`,
    [batchId, epoch, asTried ? 0 : 1],
  );
}

/**
 * Gives back what processes that are gone held, and ends runs whose reading they left; only where this process, which
 * started at `since`, is the only one (embedded).
 */
export async function recoverBatches(db: Db, since: Date): Promise<void> {
  await db.query(
    `update public.ingestion_batch set state = 'waiting', lease_until = null where state = 'taken'`,
  );
  const reason = 'The process ended while it was reading. Ingest the same paths again to read the rest.';
  await db.query(
    `update public.ingestion_run set state = 'failed', reason = $2, finished_at = now()
     where state = 'reading' and started_at < $1`,
    [since, reason],
  );
}

/** The items that still wait, in the order of reading. */
export async function findWaitingItems(db: Db, batchId: string): Promise<WaitingItem[]> {
  const { rows } = await db.query<WaitingItem>(
    `select ordinal, resource_id as "resourceId", place, payload from public.ingestion_item
     where batch_id = $1 and state = 'waiting' order by ordinal`,
    [batchId],
  );
  return rows;
}

/** Writes the final states of items and drops their payloads, but for those that failed: they may be tried again. */
export async function settleItems(db: Db, batchId: string, outcomes: ItemOutcome[]): Promise<void> {
  await db.query(
    `update public.ingestion_item item set state = new.state, reason = new.reason,
       payload = case when new.state = 'failed' then payload end
     from unnest($2::int[], $3::text[], $4::text[]) as new(ordinal, state, reason)
     where item.batch_id = $1 and item.ordinal = new.ordinal`,
    [
      batchId,
      outcomes.map(({ ordinal }) => ordinal),
      outcomes.map(({ state }) => state),
      outcomes.map(({ reason }) => reason?.slice(0, LONGEST_REASON) ?? null),
    ],
  );
}

/** Gives up what still waits in a batch, with the reason; run in a transaction after `holdBatch`. */
export async function failWaitingItems(db: Db, batchId: string, reason: string): Promise<void> {
  await db.query(
    `update public.ingestion_item set state = 'failed', reason = $2
     where batch_id = $1 and state = 'waiting'`,
    [batchId, reason.slice(0, LONGEST_REASON)],
  );
}

/** Ends a batch without waiting items, and its run if that was the last one; run in a transaction after `holdBatch`. */
export async function finishBatch(db: Db, { batchId, runId, epoch }: TakenBatch): Promise<void> {
  await db.query(
    `update public.ingestion_batch set state = 'done', lease_until = null, finished_at = now()
     where id = $1 and epoch = $2`,
    [batchId, epoch],
  );
  await closeRun(db, runId);
}
