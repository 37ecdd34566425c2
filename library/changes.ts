import type { Db } from './db.ts';

/** A resource as an index wants it: what it is now, or that it is nothing to be found any more. */
export interface ChangedResource {
  resourceId: string;
  /** Null when the resource is not live: it has to go. */
  versionId: string | null;
}

/** What an index keeps of a version besides its passages. */
export interface VersionToIndex {
  resourceId: string;
  versionId: string;
  source: string;
  title: string;
  description: string | null;
  language: string;
  stage: string | null;
  subject: string | null;
  type: string | null;
  passageCount: number;
}

/** Where a look at the library starts from: everything below was seen. Postgres transaction number as text. */
export async function readPosition(db: Db): Promise<string> {
  const { rows } = await db.query<{ position: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as position',
  );
  return rows[0]!.position;
}

/**
 * What makes positions comparable: a copy of a library restored elsewhere counts its transactions anew, and a server
 * may hold several libraries.
 */
export async function readIdentity(db: Db): Promise<string> {
  const { rows } = await db.query<{ identity: string }>(
    `select system_identifier || '/' || oid as identity
     from pg_control_system(), pg_database where datname = current_database()`,
  );
  return rows[0]!.identity;
}

/** Resources touched at or after `position`, one page in a fixed order; go on after the last one returned. */
export async function readChanges(
  db: Db,
  position: string,
  after: { changedIn: string; resourceId: string } | undefined,
  limit: number,
): Promise<(ChangedResource & { changedIn: string })[]> {
  const { rows } = await db.query<ChangedResource & { changedIn: string }>(
    `select id as "resourceId", changed_in::text as "changedIn",
       case when status = 'live' then live_version::text end as "versionId"
     from public.resource
     where changed_in >= $1::xid8 and ($2::xid8 is null or (changed_in, id) > ($2::xid8, $3))
     order by changed_in, id limit $4`,
    [position, after?.changedIn ?? null, after?.resourceId ?? '', limit],
  );
  return rows;
}

export async function readVersions(db: Db, versionIds: string[]): Promise<VersionToIndex[]> {
  const { rows } = await db.query<VersionToIndex>(
    `select v.resource_id as "resourceId", v.id::text as "versionId", r.source, v.title, v.description, v.language, v.stage,
       v.subject, v.type, v.passage_count as "passageCount"
     from public.resource_version v join public.resource r on r.id = v.resource_id
     where v.id = any($1::bigint[])`,
    [versionIds],
  );
  return rows;
}

/** Passages of versions, `limit` at most from `ordinal` on, in order. */
export async function readPassages(
  db: Db,
  versionIds: string[],
  range: { from: number; limit: number },
): Promise<{ versionId: string; id: number; heading: string[]; text: string }[]> {
  const { rows } = await db.query<{ versionId: string; id: string; heading: string[]; text: string }>(
    `select version_id::text as "versionId", id, heading, text from public.passage
     where version_id = any($1::bigint[]) and ordinal >= $2 and ordinal < $2 + $3 order by version_id, ordinal`,
    [versionIds, range.from, range.limit],
  );
  // Sequence numbers stay far below 2^53, so a number holds them exactly.
  return rows.map(row => ({ ...row, id: Number(row.id) }));
}
