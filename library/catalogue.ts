import type { Asker } from './accounts.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import type { StoredFile } from './files.ts';
import type { Locator } from './resources.ts';

/** Everything that is known of a resource's live version, with its passages in order. */
export interface ResourceDetail {
  resourceId: string;
  title: string;
  description: string | null;
  language: string;
  stage: string | null;
  subject: string | null;
  grade: string | null;
  type: string | null;
  provider: string | null;
  url: string | null;
  minutes: number | null;
  licence: string | null;
  authors: string | null;
  teaches: string[];
  prerequisites: string[];
  status: string;
  /** Whether the asker brought it. */
  own: boolean;
  updatedAt: Date;
  /** The original, where it is kept. */
  file: StoredFile | null;
  passages: { passageId: string; heading: string[]; locator: Locator | null; text: string }[];
}

/**
 * SQL that is true for the resources (alias `r`) that an asker may see. Takes three parameters from `first` on:
 * organisation id, account id, class ids (see `visibilityParameters`).
 */
export function visibleTo(first: number): string {
  return `(r.visibility = 'public'
    or (r.visibility = 'organisation' and r.organisation_id = $${first}::bigint)
    or (r.visibility = 'class' and r.class_id = any($${first + 2}::bigint[]))
    or r.owner_id = $${first + 1}::bigint)`;
}

/** The values of the three parameters of `visibleTo`; somebody who has not signed in sees what is public. */
export function visibilityParameters(asker: Asker | null): [string | null, string | null, string[]] {
  return [asker?.organisationId ?? null, asker?.accountId ?? null, asker?.classIds ?? []];
}

/**
 * A live resource that the asker may see.
 * @throws AppError `not-found` also for one that is withdrawn or not theirs to see.
 */
export async function requireResource(db: Db, id: string, asker: Asker | null): Promise<ResourceDetail> {
  const { rows } = await db.query<ResourceDetail & { versionId: string }>(
    `select r.id as "resourceId", v.id::text as "versionId", v.title, v.description, v.language, v.stage, v.subject, v.grade,
       v.type, v.provider, v.url, v.minutes, v.licence, v.authors, v.teaches, v.prerequisites, r.status,
       coalesce(r.owner_id = $3::bigint, false) as own, v.created_at as "updatedAt",
       case when f.hash is not null then
         json_build_object('hash', encode(f.hash, 'hex'), 'bytes', f.bytes, 'mediaType', f.media_type) end as file
     from resource r join resource_version v on v.id = r.live_version left join file f on f.hash = v.file_hash
     where r.id = $1 and r.status = 'live' and ${visibleTo(2)}`,
    [id, ...visibilityParameters(asker)],
  );
  if (!rows[0])
    throw new AppError(
      'not-found',
      `There is no live resource "${id}". It may have been withdrawn; search for another.`,
    );
  const { versionId, ...detail } = rows[0];
  const { rows: passages } = await db.query<ResourceDetail['passages'][number]>(
    'select id::text as "passageId", heading, locator, text from passage where version_id = $1 order by ordinal',
    [versionId],
  );
  return { ...detail, passages };
}

/** Titles of those of these resources that are live and the asker's to see, by their ids. */
export async function readTitles(
  db: Db,
  ids: string[],
  asker: Asker | null,
): Promise<Record<string, string>> {
  const { rows } = await db.query<{ id: string; title: string }>(
    `select r.id, v.title from resource r join resource_version v on v.id = r.live_version
     where r.id = any($1::text[]) and r.status = 'live' and ${visibleTo(2)}`,
    [ids, ...visibilityParameters(asker)],
  );
  return Object.fromEntries(rows.map(({ id, title }) => [id, title]));
}

/**
 * Titles and languages of resources that somebody chose, in their order, each once.
 * @throws AppError `invalid-input` naming those that are not live or not the asker's to see
 */
export async function requireChosen(
  db: Db,
  ids: string[],
  asker: Asker | null,
): Promise<{ resourceId: string; title: string; language: string }[]> {
  const { rows } = await db.query<{ resourceId: string; title: string; language: string }>(
    `select r.id as "resourceId", v.title, v.language from resource r join resource_version v on v.id = r.live_version
     where r.id = any($1::text[]) and r.status = 'live' and ${visibleTo(2)}`,
    [ids, ...visibilityParameters(asker)],
  );
  const known = new Map(rows.map(row => [row.resourceId, row]));
  const unknown = [...new Set(ids)].filter(id => !known.has(id));
  if (unknown.length > 0) {
    throw new AppError(
      'invalid-input',
      `Not in the library any more, or not yours to see: ${unknown.map(id => `“${id}”`).join(', ')}. Take them out of what you chose and send it again.`,
    );
  }
  return [...new Set(ids)].map(id => known.get(id)!);
}

/** How much the library holds that is live. */
export async function countLibrary(db: Db): Promise<{ resources: number; passages: number }> {
  const { rows } = await db.query<{ resources: number; passages: number }>(
    `select count(*)::int as resources, coalesce(sum(v.passage_count), 0)::int as passages
     from resource r join resource_version v on v.id = r.live_version where r.status = 'live'`,
  );
  return rows[0]!;
}
