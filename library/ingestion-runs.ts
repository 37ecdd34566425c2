import type { Database, Db } from './db.ts';
import { AppError } from './errors.ts';
import { recordFiles, type StoredFile } from './files.ts';
import type { IngestionQueue, Ring } from './jobs.ts';
import { contentHash, type Visibility } from './resources.ts';
import { ringsOf } from './rings.ts';
import { keepListed, markGone, recordListed } from './sources.ts';

/**
 * One resource as it was read (`payload`, see ingestion/parse/parse-payload.ts), what could not be read and why, or what
 * is no resource and why.
 * `place` names where it stands: `folder/manifest.jsonl:12`. `unit` is the file, page or record of a source that it was
 * read from, where that is not the place; `stamp` tells whether that has changed. `file` is the original, where the
 * payload only names it.
 */
export type AcceptedItem =
  | { place: string; resourceId: string; payload: string; file?: StoredFile; unit?: string; stamp?: string }
  | { place: string; resourceId?: string; reason: string; unit?: string }
  | { place: string; resourceId?: string; leftOut: string };

/** What a source tells of a unit without a reading: it is as it was, or a resource is gone. */
export type ListedItem = { place: string; kept: true } | { place: string; gone: string };

/** A reason is for people to read; the rest of a longer one is the fault itself quoted. */
export const LONGEST_REASON = 1_000;

/** Raise it when parsing or splitting changes what is stored: then every resource is read anew at its next ingestion. */
const RULES = 1;

/** As many as a worker holds in memory at a time; files are read one by one, so that others have their turn in between. */
const PARTS_PER_BATCH = 100;
const FILES_PER_BATCH = 10;

/** What a version is compared by: equal payloads under equal rules give equal passages. */
export function payloadHash(payload: string): Buffer {
  return contentHash([RULES, payload]);
}

/** An original in the file store, to be read by a worker; `id` is its resource's, or begins those of its parts. */
export function itemOfFile(
  at: { place: string; id: string },
  file: StoredFile,
): AcceptedItem & { file: StoredFile } {
  const payload = `${JSON.stringify({ format: 'file', path: at.id, file: file.hash })}\n`;
  return { place: at.place, resourceId: at.id, payload, file };
}

/** Who brings something, and who may see it. */
export interface Upload {
  accountId: string;
  visibility: Visibility;
  /** For visibility `class`. */
  classId: string | null;
}

/**
 * Begins a run; `label` names it for people and is the source of resources that name none. Without `upload` it is the
 * operator's: its resources are everybody's and live at once. With `sourceId` it lists that source.
 */
export async function startRun(
  db: Db,
  label: string,
  { upload, sourceId }: { upload?: Upload | undefined; sourceId?: string | undefined } = {},
): Promise<{ runId: string }> {
  const { rows } = await db.query<{ runId: string }>(
    `insert into public.ingestion_run (label, uploaded, account_id, visibility, class_id, source_id)
     values ($1, $2, $3, $4, $5, $6) returning id::text as "runId"`,
    [
      label,
      upload !== undefined,
      upload?.accountId ?? null,
      upload?.visibility ?? 'public',
      upload?.classId ?? null,
      sourceId ?? null,
    ],
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
  listed: (AcceptedItem | ListedItem)[],
): Promise<{ accepted: number; unchanged: number; failed: number }> {
  const { rings, ...counts } = await database.transaction(async db => {
    const items = listed.filter(item => !('kept' in item || 'gone' in item)) as AcceptedItem[];
    const same = await findUnchanged(db, runId, items);
    const rest = items.filter(item => !same.has(item));
    const failed = rest.filter(item => 'reason' in item).length;
    const unchanged = same.size + (await noteListing(db, runId, listed));
    await countUnchanged(db, runId, unchanged);
    await recordFiles(db, filesOf(rest));
    const batchId = rest.length === 0 ? undefined : await insertBatch(db, runId, rest);
    return {
      rings: batchId === undefined ? [] : await ringsOf(db, [batchId]),
      accepted: rest.length - failed,
      unchanged,
      failed,
    };
  });
  await queue.ring(rings);
  return counts;
}

/** Returns how many resources are kept as they are. A unit that cannot be read keeps what it held. */
async function noteListing(db: Db, runId: string, listed: (AcceptedItem | ListedItem)[]): Promise<number> {
  const kept = listed.flatMap(item => ('kept' in item ? item.place : []));
  const faulty = listed.flatMap(item => ('reason' in item ? (item.unit ?? item.place) : []));
  const count = await keepListed(db, runId, kept);
  await keepListed(db, runId, faulty);
  await markGone(
    db,
    runId,
    listed.flatMap(item => ('gone' in item ? item.gone : [])),
  );
  await recordListed(db, runId, listed.flatMap(listedOf));
  return count;
}

function listedOf(item: AcceptedItem | ListedItem) {
  if (!('payload' in item)) return [];
  const { resourceId, place, unit = place, stamp } = item;
  return [{ resourceId, unit, stamp }];
}

function filesOf(items: AcceptedItem[]): StoredFile[] {
  return items.flatMap(item => ('file' in item && item.file) || []);
}

/** What is live with the same content. What its owner would show to others now is not among it: that wants a decision. */
async function findUnchanged(db: Db, runId: string, items: AcceptedItem[]): Promise<Set<AcceptedItem>> {
  const read = items.filter(item => 'payload' in item);
  const { rows } = await db.query<{ ordinal: number }>(
    `select new.ordinal::int as ordinal
     from unnest($1::text[], $2::bytea[]) with ordinality as new(id, hash, ordinal)
     join public.resource r on r.id = new.id
     join public.resource_version v on v.id = r.live_version and v.content_hash = new.hash
     join public.ingestion_run run on run.id = $3
     where not run.uploaded or r.visibility <> 'owner' or run.visibility = 'owner'`,
    [read.map(item => item.resourceId), read.map(item => payloadHash(item.payload)), runId],
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
     select $1, ordinal, resource_id, place, state, reason, payload
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
       as new(resource_id, place, state, reason, payload, ordinal)`,
    [
      batchId,
      items.map(item => item.resourceId ?? null),
      items.map(item => item.place),
      items.map(item => ('payload' in item ? 'waiting' : 'reason' in item ? 'failed' : 'left-out')),
      items.map(item => ('payload' in item ? null : reasonOf(item).slice(0, LONGEST_REASON))),
      items.map(item => ('payload' in item ? item.payload : null)),
    ],
  );
  return batchId;
}

function reasonOf(item: { reason: string } | { leftOut: string }): string {
  return 'reason' in item ? item.reason : item.leftOut;
}

/**
 * Puts items into a run as batches of their own, in the caller's transaction: the parts of a file in the one that settles
 * the file's item. Returns what to ring for once that is committed.
 */
export async function acceptParts(db: Db, runId: string, parts: AcceptedItem[]): Promise<Ring[]> {
  const same = await findUnchanged(db, runId, parts);
  await recordFiles(db, filesOf(parts));
  await recordListed(db, runId, parts.flatMap(listedOf));
  await db.query('update public.ingestion_run set unchanged = unchanged + $2 where id = $1', [
    runId,
    same.size,
  ]);
  const rest = parts.filter(part => !same.has(part));
  const batchIds: string[] = [];
  const size = rest.some(part => 'file' in part) ? FILES_PER_BATCH : PARTS_PER_BATCH;
  for (let first = 0; first < rest.length; first += size) {
    const some = rest.slice(first, first + size);
    batchIds.push(await insertBatch(db, runId, some));
  }
  return ringsOf(db, batchIds);
}

/**
 * Accepts a whole run in the caller's transaction: nobody finds it half read, whatever dies. Returns what to ring for
 * once that is committed.
 */
export async function acceptWhole(
  db: Db,
  { label, upload }: { label: string; upload?: Upload },
  items: AcceptedItem[],
): Promise<{ runId: string; rings: Ring[] }> {
  const { runId } = await startRun(db, label, { upload });
  const rings = await acceptParts(db, runId, items);
  await finishReading(db, runId);
  return { runId, rings };
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
