import type { Database, Db } from './db.ts';
import { AppError } from './errors.ts';
import type { IngestionQueue } from './jobs.ts';
import { contentHash } from './resources.ts';

/**
 * One resource as it was read (`payload`, see ingestion/parse/parse-payload.ts), or what could not be read and why.
 * `place` names where it stands: `folder/manifest.jsonl:12`.
 */
export type AcceptedItem =
  | { place: string; resourceId: string; payload: string }
  | { place: string; resourceId?: string; reason: string };

/** A reason is for people to read; the rest of a longer one is the fault itself quoted. */
export const LONGEST_REASON = 1_000;

/** Raise it when parsing or splitting changes what is stored: then every resource is read anew at its next ingestion. */
const RULES = 1;

/** What a version is compared by: equal payloads under equal rules give equal passages. */
export function payloadHash(payload: string): Buffer {
  return contentHash([RULES, payload]);
}

/** Begins a run; `label` names it for people and is the source of resources that name none. */
export async function startRun(
  db: Db,
  label: string,
  accountId: string | null = null,
): Promise<{ runId: string }> {
  const { rows } = await db.query<{ runId: string }>(
    `insert into public.ingestion_run (label, account_id) values ($1, $2) returning id::text as "runId"`,
    [label, accountId],
  );
  return rows[0]!;
}

/**
 * Accepts items into a run. Those whose live version says the same are only counted; the others stand in Postgres
 * when this returns, and a worker is told. The same resource must not come twice in one run.
 * @throws AppError `conflict` when the run does not exist or has ended reading.
 */
export async function acceptBatch(
  { database, queue }: { database: Database; queue: IngestionQueue },
  runId: string,
  items: AcceptedItem[],
): Promise<{ accepted: number; unchanged: number; failed: number }> {
  const { batchId, ...counts } = await database.transaction(async db => {
    const same = await findUnchanged(db, items);
    const rest = items.filter(item => !same.has(item));
    const failed = rest.filter(item => 'reason' in item).length;
    await countUnchanged(db, runId, same.size);
    const batchId = rest.length === 0 ? undefined : await insertBatch(db, runId, rest);
    return {
      batchId: rest.length > failed ? batchId : undefined,
      accepted: rest.length - failed,
      unchanged: same.size,
      failed,
    };
  });
  if (batchId !== undefined) await queue.ring([{ batchId, epoch: 0 }]);
  return counts;
}

async function findUnchanged(db: Db, items: AcceptedItem[]): Promise<Set<AcceptedItem>> {
  const read = items.filter(item => 'payload' in item);
  const { rows } = await db.query<{ ordinal: number }>(
    `select new.ordinal::int as ordinal
     from unnest($1::text[], $2::bytea[]) with ordinality as new(id, hash, ordinal)
     join public.resource r on r.id = new.id
     join public.resource_version v on v.id = r.live_version and v.content_hash = new.hash`,
    [read.map(item => item.resourceId), read.map(item => payloadHash(item.payload))],
  );
  return new Set(rows.map(({ ordinal }) => read[ordinal - 1]!));
}

async function countUnchanged(db: Db, runId: string, unchanged: number): Promise<void> {
  const { rowCount } = await db.query(
    `update public.ingestion_run set unchanged = unchanged + $2 where id = $1 and state = 'reading'`,
    [runId, unchanged],
  );
  if (!rowCount) {
    throw new AppError(
      'conflict',
      `Ingestion run ${runId} does not exist or takes no more items. Start a new run.`,
    );
  }
}

async function insertBatch(db: Db, runId: string, items: AcceptedItem[]): Promise<string> {
  const toDo = items.some(item => 'payload' in item);
  const { rows } = await db.query<{ id: string }>(
    `insert into public.ingestion_batch (run_id, state, finished_at)
     values ($1, case when $2 then 'waiting' else 'done' end, case when $2 then null else now() end) returning id::text`,
    [runId, toDo],
  );
  const batchId = rows[0]!.id;
  await db.query(
    `insert into public.ingestion_item (batch_id, ordinal, resource_id, place, state, reason, payload)
     select $1, ordinal, resource_id, place, case when reason is null then 'waiting' else 'failed' end, reason, payload
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
       as new(resource_id, place, reason, payload, ordinal)`,
    [
      batchId,
      items.map(item => item.resourceId ?? null),
      items.map(item => item.place),
      items.map(item => ('reason' in item ? item.reason.slice(0, LONGEST_REASON) : null)),
      items.map(item => ('payload' in item ? item.payload : null)),
    ],
  );
  return batchId;
}

/** Nothing more will be accepted: the run is done as soon as its batches are. */
export async function finishReading(db: Db, runId: string): Promise<void> {
  await db.query(`update public.ingestion_run set state = 'working' where id = $1 and state = 'reading'`, [
    runId,
  ]);
  await closeRun(db, runId);
}

/** Ends a run whose reading broke off; what was accepted before is still ingested. */
export async function failRun(db: Db, runId: string, reason: string): Promise<void> {
  await db.query(
    `update public.ingestion_run set state = 'failed', reason = $2, finished_at = now()
     where id = $1 and state in ('reading', 'working')`,
    [runId, reason],
  );
}

/** Marks a run as done when it has been read and no batch of it is left. */
export async function closeRun(db: Db, runId: string): Promise<void> {
  await db.query(
    `update public.ingestion_run set state = 'done', finished_at = now()
     where id = $1 and state = 'working'
       and not exists (select from public.ingestion_batch where run_id = $1 and state <> 'done')`,
    [runId],
  );
}

/** True while a run is being read or worked on. */
export async function isIngesting(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ is: boolean }>(
    `select exists (select from public.ingestion_run where state in ('reading', 'working')) as is`,
  );
  return rows[0]!.is;
}

/** How far a run is. */
export interface IngestionProgress {
  runId: string;
  label: string;
  state: 'reading' | 'working' | 'done' | 'failed';
  reason: string | null;
  /** Everything that was read: the sum of the five counts below. */
  accepted: number;
  unchanged: number;
  added: number;
  updated: number;
  failed: number;
  waiting: number;
  /** Resources that reached their final state, by second of the run. */
  ratePerSecond: number;
  /** Null while nobody can tell: before the first resource is done, or while more is being read. */
  secondsLeft: number | null;
  startedAt: Date;
  finishedAt: Date | null;
}

/** The newest `limit` runs. */
export async function listProgress(db: Db, limit: number): Promise<IngestionProgress[]> {
  return selectProgress(db, '(select * from public.ingestion_run order by id desc limit $1)', limit);
}

/** One run; undefined where there is none. */
export async function findProgress(db: Db, runId: string): Promise<IngestionProgress | undefined> {
  return (await selectProgress(db, '(select * from public.ingestion_run where id = $1)', runId))[0];
}

/** @throws AppError `not-found` */
export async function requireProgress(db: Db, runId: string): Promise<IngestionProgress> {
  const progress = await findProgress(db, runId);
  if (!progress) throw new AppError('not-found', `There is no ingestion run ${runId}.`);
  return progress;
}

async function selectProgress(db: Db, runs: string, parameter: unknown): Promise<IngestionProgress[]> {
  const { rows } = await db.query<
    Omit<IngestionProgress, 'accepted' | 'ratePerSecond' | 'secondsLeft'> & { seconds: number }
  >(
    `select run.id::text as "runId", run.label, run.state, run.reason,
       (run.unchanged + count(*) filter (where item.state = 'unchanged'))::int as unchanged,
       (count(*) filter (where item.state = 'added'))::int as added,
       (count(*) filter (where item.state = 'updated'))::int as updated,
       (count(*) filter (where item.state = 'failed'))::int as failed,
       (count(*) filter (where item.state = 'waiting'))::int as waiting,
       greatest(extract(epoch from coalesce(run.finished_at, now()) - run.started_at), 0.001)::float as seconds,
       run.started_at as "startedAt", run.finished_at as "finishedAt"
     from ${runs} run
     left join public.ingestion_batch batch on batch.run_id = run.id
     left join public.ingestion_item item on item.batch_id = batch.id
     group by run.id, run.label, run.state, run.reason, run.unchanged, run.started_at, run.finished_at
     order by run.id desc`,
    [parameter],
  );
  return rows.map(({ seconds, ...row }) => {
    const settled = row.unchanged + row.added + row.updated + row.failed;
    const rate = settled / seconds;
    const left = row.state === 'working' && settled > 0 ? row.waiting / rate : null;
    return {
      ...row,
      accepted: settled + row.waiting,
      ratePerSecond: Math.round(rate * 10) / 10,
      secondsLeft: row.state === 'done' ? 0 : left === null ? null : Math.ceil(left),
    };
  });
}

/** What could not be ingested and why, in the order of reading. */
export async function findFailures(
  db: Db,
  runId: string,
  limit: number,
): Promise<{ place: string; resourceId: string | null; reason: string }[]> {
  const { rows } = await db.query<{ place: string; resourceId: string | null; reason: string }>(
    `select item.place, item.resource_id as "resourceId", coalesce(item.reason, '') as reason
     from public.ingestion_item item join public.ingestion_batch batch on batch.id = item.batch_id
     where batch.run_id = $1 and item.state = 'failed' order by item.batch_id, item.ordinal limit $2`,
    [runId, limit],
  );
  return rows;
}
