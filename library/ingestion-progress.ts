import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/** How far a run is. */
export interface IngestionProgress {
  runId: string;
  label: string;
  state: 'reading' | 'working' | 'done' | 'failed' | 'cancelled';
  reason: string | null;
  /** Everything that was read, by what became of it. A file that holds several resources counts as its parts. */
  accepted: number;
  unchanged: number;
  added: number;
  updated: number;
  /** Changes to live resources that wait for an admin. */
  proposed: number;
  failed: number;
  leftOut: number;
  cancelled: number;
  waiting: number;
  /** Resources that reached their final state, by second of the run. */
  ratePerSecond: number;
  /** Null while nobody can tell: before the first resource is done, or while more is being read. */
  secondsLeft: number | null;
  startedAt: Date;
  finishedAt: Date | null;
  /** Display name of who uploaded it; null for the operator. */
  account: string | null;
}

/** The newest `limit` runs. */
export async function listProgress(db: Db, limit: number): Promise<IngestionProgress[]> {
  return selectProgress(db, '(select * from public.ingestion_run order by id desc limit $1)', [limit]);
}

/** The newest `limit` uploads of an account. */
export async function listUploads(db: Db, accountId: string, limit: number): Promise<IngestionProgress[]> {
  const own = `(select * from public.ingestion_run where uploaded and account_id = $2::bigint order by id desc limit $1)`;
  return selectProgress(db, own, [limit, accountId]);
}

/** One run; undefined where there is none. */
export async function findProgress(db: Db, runId: string): Promise<IngestionProgress | undefined> {
  return (await selectProgress(db, '(select * from public.ingestion_run where id = $1)', [runId]))[0];
}

/** @throws AppError `not-found` */
export async function requireProgress(db: Db, runId: string): Promise<IngestionProgress> {
  const progress = await findProgress(db, runId);
  if (!progress) throw new AppError('not-found', `There is no ingestion run ${runId}.`);
  return progress;
}

/** An upload of this account. @throws AppError `not-found` also for a run of somebody else. */
export async function requireUpload(db: Db, runId: string, accountId: string): Promise<IngestionProgress> {
  const own = '(select * from public.ingestion_run where id = $1 and uploaded and account_id = $2::bigint)';
  const [progress] = await selectProgress(db, own, [runId, accountId]);
  if (!progress) throw new AppError('not-found', 'There is no such upload of yours.');
  return progress;
}

async function selectProgress(db: Db, runs: string, parameters: unknown[]): Promise<IngestionProgress[]> {
  const { rows } = await db.query<
    Omit<IngestionProgress, 'accepted' | 'ratePerSecond' | 'secondsLeft'> & { seconds: number }
  >(
    `select run.id::text as "runId", run.label, run.state, run.reason, a.display_name as account,
       (run.unchanged + count(*) filter (where item.state = 'unchanged'))::int as unchanged,
       (count(*) filter (where item.state = 'added'))::int as added,
       (count(*) filter (where item.state = 'updated'))::int as updated,
       (count(*) filter (where item.state = 'proposed'))::int as proposed,
       (count(*) filter (where item.state = 'failed'))::int as failed,
       (count(*) filter (where item.state = 'left-out'))::int as "leftOut",
       (count(*) filter (where item.state = 'cancelled'))::int as cancelled,
       (count(*) filter (where item.state = 'waiting'))::int as waiting,
       greatest(extract(epoch from coalesce(run.finished_at, now()) - run.started_at), 0.001)::float as seconds,
       run.started_at as "startedAt", run.finished_at as "finishedAt"
     from ${runs} run
     left join public.account a on a.id = run.account_id
     left join public.ingestion_batch batch on batch.run_id = run.id
     left join public.ingestion_item item on item.batch_id = batch.id
     group by run.id, run.label, run.state, run.reason, run.unchanged, run.started_at, run.finished_at, a.display_name
     order by run.id desc`,
    parameters,
  );
  return rows.map(({ seconds, ...row }) => {
    const { unchanged, added, updated, proposed, failed, leftOut, cancelled } = row;
    const settled = unchanged + added + updated + proposed + failed + leftOut + cancelled;
    const rate = settled / seconds;
    const left = row.state === 'working' && settled > 0 ? row.waiting / rate : null;
    const isOver = row.state === 'done' || row.state === 'cancelled';
    return {
      ...row,
      accepted: settled + row.waiting,
      ratePerSecond: Math.round(rate * 10) / 10,
      secondsLeft: isOver ? 0 : left === null ? null : Math.ceil(left),
    };
  });
}

/** What becomes of an item; see the migration that holds the same list. */
export const ITEM_STATES = [
  'waiting',
  'added',
  'updated',
  'unchanged',
  'proposed',
  'unpacked',
  'left-out',
  'failed',
  'cancelled',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** An item of a run with what became of it. */
export interface IngestionItem {
  batchId: string;
  ordinal: number;
  place: string;
  resourceId: string | null;
  state: ItemState;
  reason: string | null;
}

/** Items of a run in these states (all without any), in the order of reading. */
export async function listItems(
  db: Db,
  runId: string,
  { states, limit }: { states?: ItemState[]; limit: number },
): Promise<IngestionItem[]> {
  const { rows } = await db.query<IngestionItem>(
    `select item.batch_id::text as "batchId", item.ordinal, item.place, item.resource_id as "resourceId", item.state, item.reason
     from public.ingestion_item item join public.ingestion_batch batch on batch.id = item.batch_id
     where batch.run_id = $1 and ($2::text[] is null or item.state = any($2))
     order by item.batch_id, item.ordinal limit $3`,
    [runId, states ?? null, limit],
  );
  return rows;
}

/** What could not be ingested and why, in the order of reading. */
export async function findFailures(
  db: Db,
  runId: string,
  limit: number,
): Promise<{ place: string; resourceId: string | null; reason: string }[]> {
  const items = await listItems(db, runId, { states: ['failed'], limit });
  return items.map(({ place, resourceId, reason }) => ({ place, resourceId, reason: reason ?? '' }));
}
