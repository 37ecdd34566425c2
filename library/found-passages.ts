import type { Asker } from './accounts.ts';
import { visibilityParameters, visibleTo } from './catalogue.ts';
import type { Db } from './db.ts';
import type { Locator } from './resources.ts';

/** A passage that was found, with what its resource says of itself: all that a result or a citation needs. */
export interface FoundPassage {
  passageId: string;
  versionId: string;
  resourceId: string;
  title: string;
  description: string | null;
  language: string;
  stage: string | null;
  subject: string | null;
  grade: string | null;
  type: string | null;
  provider: string | null;
  minutes: number | null;
  url: string | null;
  teaches: string[];
  prerequisites: string[];
  heading: string[];
  locator: Locator | null;
  text: string;
}

/**
 * The last look of every search: of these passages, those that are live now and that the asker may see, in no
 * particular order. An index may be a moment behind; what it names beyond that is dropped here.
 */
export async function readVisiblePassages(
  db: Db,
  passageIds: number[],
  asker: Asker | null,
): Promise<FoundPassage[]> {
  const { rows } = await db.query<FoundPassage>(
    // Passages first, then one look-up by key for each: the limits keep a planner whose statistics are old (embedded,
    // while a library comes in) from reading the whole library instead, which took 100 ms at 18,000 resources.
    `with p as materialized (select id, version_id, heading, locator, text from public.passage where id = any($1::bigint[]))
     select p.id::text as "passageId", v.id::text as "versionId", r.id as "resourceId", v.title, v.description, v.language,
       v.stage, v.subject, v.grade, v.type, v.provider, v.minutes, v.url, v.teaches, v.prerequisites, p.heading, p.locator,
       p.text
     from p
     cross join lateral (select * from public.resource_version where id = p.version_id limit 1) v
     cross join lateral (select * from public.resource where id = v.resource_id limit 1) r
     where r.live_version = v.id and r.status = 'live' and ${visibleTo(2)}`,
    [passageIds, ...visibilityParameters(asker)],
  );
  return rows;
}

/** Which of these resources are live now and the asker's to see, looked up by key. */
export async function visibleResources(
  db: Db,
  resourceIds: string[],
  asker: Asker | null,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    // A look-up by key for each, as above: a plan made while the library was empty would read the whole of it.
    `select r.id from unnest($1::text[]) as wanted(id)
     cross join lateral (select * from public.resource where id = wanted.id limit 1) r
     where r.status = 'live' and ${visibleTo(2)}`,
    [resourceIds, ...visibilityParameters(asker)],
  );
  return new Set(rows.map(({ id }) => id));
}
