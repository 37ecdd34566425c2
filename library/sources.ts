import type { Database, Db } from './db.ts';
import { changeStatus } from './life-cycle.ts';

export type SourceKind = 'files' | 'web' | 'oai';

/** A source as it was left by the runs before. */
export interface KnownSource {
  sourceId: string;
  /** Where the next listing may begin; null before the first that was complete. */
  mark: string | null;
  /** By file, page or record: a unit that still has this stamp need not be read. */
  stamps: Record<string, string>;
}

/** What stands in a source: a resource and the unit that it was read from. */
export interface Listed {
  resourceId: string;
  unit: string;
  stamp?: string | undefined;
}

/** How a listing ended that was read to its end. */
export interface ListingEnd {
  /** Everything was listed, so that what was not is gone; false where only changes were. */
  whole: boolean;
  mark?: string | undefined;
}

/** `no`: nothing is withdrawn; `careful`: only when it is not too much at once; `all`: somebody has confirmed it. */
export type WithdrawMissing = 'no' | 'careful' | 'all';

export interface ListingResult {
  withdrawn: number;
  /** Withdrawn before because the source had lost them; now it has them again. */
  restored: number;
  /** Gone from the source and not withdrawn, because nobody asked or because they are too many. */
  missing: number;
  /** Live resources of the source before. */
  listed: number;
}

/** More than this part of a source at once is rather a fault of the source than somebody's wish. */
const LARGEST_LOSS = 1 / 3;

/** Withdrawals in one transaction. */
const GROUP = 100;

/**
 * Finds or begins a source. A stamp is only told when everything of its unit went in well at the last reading: what
 * failed is read again.
 */
export async function openSource(
  db: Db,
  { location, kind }: { location: string; kind: SourceKind },
): Promise<KnownSource> {
  await db.query('insert into source (location, kind) values ($1, $2) on conflict (location) do nothing', [
    location,
    kind,
  ]);
  const { rows } = await db.query<{ sourceId: string; mark: string | null }>(
    'select id::text as "sourceId", mark from source where location = $1',
    [location],
  );
  const { sourceId, mark } = rows[0]!;
  const { rows: units } = await db.query<{ unit: string; stamp: string }>(
    `with failed as (
       select distinct l.unit from listed_resource l
       join ingestion_batch b on b.run_id = l.run_id
       join ingestion_item i on i.batch_id = b.id and i.resource_id = l.resource_id
       where l.source_id = $1 and i.state in ('waiting', 'failed', 'cancelled'))
     select unit, max(stamp) as stamp from listed_resource
     where source_id = $1 and not gone and unit not in (select unit from failed)
     group by unit having max(stamp) is not null`,
    [sourceId],
  );
  return { sourceId, mark, stamps: Object.fromEntries(units.map(({ unit, stamp }) => [unit, stamp])) };
}

/** Writes down what a run found in its source; for a run without one it does nothing. */
export async function recordListed(db: Db, runId: string, listed: Listed[]): Promise<void> {
  if (listed.length === 0) return;
  await db.query(
    `insert into public.listed_resource as known (source_id, resource_id, unit, stamp, run_id)
     select distinct on (new.resource_id) run.source_id, new.resource_id, new.unit, new.stamp, run.id
     from unnest($2::text[], $3::text[], $4::text[]) as new(resource_id, unit, stamp)
     join public.ingestion_run run on run.id = $1 and run.source_id is not null
     on conflict (source_id, resource_id) do update
     set unit = excluded.unit, stamp = excluded.stamp, gone = false, run_id = greatest(known.run_id, excluded.run_id)`,
    [
      runId,
      listed.map(({ resourceId }) => resourceId),
      listed.map(({ unit }) => unit),
      listed.map(({ stamp }) => stamp ?? null),
    ],
  );
}

/**
 * Everything that came from these units before is still there: they are unchanged, or cannot be read just now. Returns
 * how many resources that are.
 */
export async function keepListed(db: Db, runId: string, units: string[]): Promise<number> {
  if (units.length === 0) return 0;
  const { rows } = await db.query<{ kept: number }>(
    `with kept as (
       update public.listed_resource l set run_id = greatest(l.run_id, run.id), gone = false
       from public.ingestion_run run
       where run.id = $1 and l.source_id = run.source_id and l.unit = any($2::text[])
       returning l.resource_id)
     select count(*)::int as kept from kept join public.resource r on r.id = kept.resource_id`,
    [runId, units],
  );
  return rows[0]!.kept;
}

/** The source says itself that it has no such resources any more. */
export async function markGone(db: Db, runId: string, resourceIds: string[]): Promise<void> {
  if (resourceIds.length === 0) return;
  await db.query(
    `update public.listed_resource l set gone = true from public.ingestion_run run
     where run.id = $1 and l.source_id = run.source_id and l.resource_id = any($2::text[])`,
    [runId, resourceIds],
  );
}

/**
 * Ends a listing that was complete, once its run is done: notes where the next begins, and withdraws what the source
 * no longer has, as far as `withdraw` says. What it has again after that is live again, unless a person withdrew it.
 * Does nothing for a run that did not end well.
 */
export async function closeListing(
  database: Database,
  { runId, end, withdraw }: { runId: string; end: ListingEnd; withdraw: WithdrawMissing },
): Promise<ListingResult> {
  const { db } = database;
  const { rows } = await db.query<{ sourceId: string; location: string }>(
    `update public.source s set complete_at = now(), mark = coalesce($2, s.mark) from public.ingestion_run run
     where run.id = $1 and run.state = 'done' and s.id = run.source_id
     returning s.id::text as "sourceId", s.location`,
    [runId, end.mark ?? null],
  );
  const source = rows[0];
  if (!source) return { withdrawn: 0, restored: 0, missing: 0, listed: 0 };
  if (end.whole) await markUnlisted(db, source.sourceId, runId);
  const reason = `no longer in ${source.location}`;
  const listed = await countListed(db, source.sourceId);
  const gone = await findGone(db, source.sourceId);
  const isTooMuch = gone.length > listed * LARGEST_LOSS;
  if (withdraw === 'no') return { withdrawn: 0, restored: 0, missing: gone.length, listed };
  const restored = await restoreReturned(database, source.sourceId, reason);
  if (withdraw === 'careful' && isTooMuch) return { withdrawn: 0, restored, missing: gone.length, listed };
  const withdrawn = await withdrawGone(database, source.sourceId, gone, reason);
  return { withdrawn, restored, missing: 0, listed };
}

/** A file that a worker could not read is still there, and so is whatever it held. */
async function markUnlisted(db: Db, sourceId: string, runId: string): Promise<void> {
  await db.query(
    `update listed_resource l set gone = true
     where l.source_id = $1 and l.run_id < $2 and not exists (
       select from ingestion_batch b join ingestion_item i on i.batch_id = b.id
       where b.run_id = $2 and i.place = l.unit and i.state in ('failed', 'cancelled'))`,
    [sourceId, runId],
  );
}

/** Live resources of the operator that came from the source and from no other one that still has them. */
const ITS_OWN = `from listed_resource l join resource r on r.id = l.resource_id
  where l.source_id = $1 and r.status = 'live' and r.owner_id is null`;

async function countListed(db: Db, sourceId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`select count(*)::int as n ${ITS_OWN}`, [sourceId]);
  return rows[0]!.n;
}

async function findGone(db: Db, sourceId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select r.id ${ITS_OWN} and l.gone and not exists (
       select from listed_resource o where o.resource_id = l.resource_id and o.source_id <> $1 and not o.gone)
     order by r.id`,
    [sourceId],
  );
  return rows.map(({ id }) => id);
}

/** In groups; a resource that somebody changed meanwhile is left to them. */
async function withdrawGone(
  database: Database,
  sourceId: string,
  ids: string[],
  reason: string,
): Promise<number> {
  let withdrawn = 0;
  for (let first = 0; first < ids.length; first += GROUP) {
    withdrawn += await database.transaction(async db => {
      const { rows } = await db.query<{ id: string }>(
        `select id from resource where id = any($1::text[]) and status = 'live' order by id for update`,
        [ids.slice(first, first + GROUP)],
      );
      for (const { id } of rows) {
        await changeStatus(db, { resourceId: id, by: null, transition: 'withdraw', reason });
      }
      // Forgotten here, so that a person who restores one of them has the last word.
      await db.query('delete from listed_resource where source_id = $1 and resource_id = any($2::text[])', [
        sourceId,
        rows.map(({ id }) => id),
      ]);
      return rows.length;
    });
  }
  return withdrawn;
}

async function restoreReturned(database: Database, sourceId: string, reason: string): Promise<number> {
  return database.transaction(async db => {
    const { rows } = await db.query<{ id: string }>(
      `select r.id from listed_resource l join resource r on r.id = l.resource_id
       where l.source_id = $1 and not l.gone and r.status = 'withdrawn' and r.live_version is not null and $2 = (
         select a.details->>'reason' from audit a
         where a.target = r.id and a.action in ('withdraw', 'restore') order by a.id desc limit 1)
       order by r.id for update of r`,
      [sourceId, reason],
    );
    for (const { id } of rows) {
      await changeStatus(db, { resourceId: id, by: null, transition: 'restore', reason: null });
    }
    return rows.length;
  });
}
