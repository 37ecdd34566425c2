import type { Db } from './db.ts';
import type { Upload } from './ingestion-runs.ts';
import { deleteEmbeddings, type EmbeddedPassage, insertPassages } from './passages.ts';
import { proposeVersions } from './proposals.ts';
import type { ResourceInput, Visibility } from './resources.ts';
import { holdLiveSpace } from './spaces.ts';

/** A resource with everything that its new version is made of. */
export interface ResourceToStore {
  /** Its `language` is known by now, its `source` falls back to the label of the run. */
  input: ResourceInput & { language: string; source: string };
  contentHash: Buffer;
  /** Of the original, where it is kept. */
  fileHash?: string | undefined;
  passages: EmbeddedPassage[];
  /** For uploads: the payload that makes it live once an admin has read it. */
  proposal?: string;
}

/** `theirs`: the id belongs to somebody else, so that this account must not change it. */
export type StoreOutcome = 'added' | 'updated' | 'unchanged' | 'proposed' | 'theirs';

/**
 * Stores resources as new live versions; run in a transaction, ids must be distinct. Returns what became of each, in
 * order. A resource that already says the same stays as it is. One that is withdrawn (or in review) gets the new
 * version but keeps its status: reading a file again must not undo somebody's decision. What an account uploads for
 * others than itself begins in review, and where it would change a live resource it is only proposed.
 * @throws AppError `conflict` when the space of the vectors is not live any more, see `isSpaceChange`.
 */
export async function storeResources(
  db: Db,
  resources: ResourceToStore[],
  spaceId: number,
  upload: Upload | null = null,
): Promise<StoreOutcome[]> {
  await holdLiveSpace(db, spaceId);
  const before = await lockResources(db, resources, upload);
  const outcomes = resources.map(({ input, contentHash }): StoreOutcome => {
    const row = before.get(input.id)!;
    if (upload && row.ownerId !== upload.accountId) return 'theirs';
    if (row.liveVersion === null) return 'added';
    const same = row.contentHash?.equals(contentHash) ?? false;
    if (upload && row.status === 'live' && (isShown(upload, row) || (!same && row.visibility !== 'owner'))) {
      return 'proposed';
    }
    return same ? 'unchanged' : 'updated';
  });
  const proposed = resources.filter((_, i) => outcomes[i] === 'proposed');
  if (proposed.length > 0) {
    const shown = proposed.map(resource => ({
      ...resource,
      shownTo: upload && isShown(upload, before.get(resource.input.id)!) ? upload : null,
    }));
    await proposeVersions(db, shown);
  }
  const changed = resources.filter((_, i) => outcomes[i] === 'added' || outcomes[i] === 'updated');
  if (changed.length === 0) return outcomes;

  const versionIds = await insertVersions(db, changed);
  const versions = changed.map(({ input, passages }) => ({ versionId: versionIds.get(input.id)!, passages }));
  await insertPassages(db, versions, spaceId);
  await db.query(
    `update public.resource r
     set live_version = new.version_id, source = new.source, updated_at = now(), changed_in = pg_current_xact_id()
     from unnest($1::text[], $2::bigint[], $3::text[]) as new(id, version_id, source) where r.id = new.id`,
    [
      changed.map(({ input }) => input.id),
      versions.map(({ versionId }) => versionId),
      changed.map(({ input }) => input.source),
    ],
  );
  const replaced = changed.flatMap(({ input }) => before.get(input.id)!.liveVersion ?? []);
  await deleteEmbeddings(db, replaced);
  return outcomes;
}

/** Whether its owner would show to others what only they see now. */
function isShown(upload: Upload, row: RowBefore): boolean {
  return row.visibility === 'owner' && upload.visibility !== 'owner';
}

interface RowBefore {
  id: string;
  liveVersion: string | null;
  contentHash: Buffer | null;
  ownerId: string | null;
  status: string;
  visibility: Visibility;
}

/** Makes sure that every resource has a row and locks the rows, in the order of their ids so that nobody deadlocks. */
async function lockResources(
  db: Db,
  resources: ResourceToStore[],
  upload: Upload | null,
): Promise<Map<string, RowBefore>> {
  const sorted = resources.map(({ input }) => input).sort((a, b) => (a.id < b.id ? -1 : 1));
  await db.query(
    `insert into public.resource (id, organisation_id, source, status, visibility, owner_id, class_id)
     select new.id, coalesce(
         (select organisation_id from public.account where id = $5::bigint),
         (select min(id) from public.organisation)), new.source, $3, $4, $5::bigint, $6::bigint
     from unnest($1::text[], $2::text[]) as new(id, source)
     on conflict (id) do nothing`,
    [
      sorted.map(({ id }) => id),
      sorted.map(({ source }) => source),
      // What only its owner sees concerns nobody else.
      upload && upload.visibility !== 'owner' ? 'in-review' : 'live',
      upload?.visibility ?? 'public',
      upload?.accountId ?? null,
      upload?.classId ?? null,
    ],
  );
  const { rows } = await db.query<RowBefore>(
    `select r.id, r.live_version::text as "liveVersion", v.content_hash as "contentHash", r.owner_id::text as "ownerId",
       r.status, r.visibility
     from public.resource r left join public.resource_version v on v.id = r.live_version
     where r.id = any($1::text[]) order by r.id for update of r`,
    [sorted.map(({ id }) => id)],
  );
  return new Map(rows.map(row => [row.id, row]));
}

/** The columns of a version as `json_to_recordset` reads them. */
const VERSION_COLUMNS = {
  resource_id: 'text',
  content_hash: 'bytea',
  title: 'text',
  description: 'text',
  language: 'text',
  stage: 'text',
  audience: 'text',
  grade: 'text',
  subject: 'text',
  edition: 'text',
  type: 'text',
  provider: 'text',
  url: 'text',
  minutes: 'integer',
  licence: 'text',
  authors: 'text',
  teaches: 'text[]',
  prerequisites: 'text[]',
  valid_from: 'date',
  valid_until: 'date',
  metadata: 'jsonb',
  passage_count: 'integer',
  file_hash: 'bytea',
};

async function insertVersions(db: Db, resources: ResourceToStore[]): Promise<Map<string, string>> {
  const records = resources.map(({ input, contentHash, fileHash, passages }) => {
    const { id, text: _, source: __, validFrom, validUntil, ...columns } = input;
    return {
      ...columns,
      resource_id: id,
      content_hash: `\\x${contentHash.toString('hex')}`,
      valid_from: validFrom,
      valid_until: validUntil,
      passage_count: passages.length,
      file_hash: fileHash === undefined ? null : `\\x${fileHash}`,
    };
  });
  const columns = Object.keys(VERSION_COLUMNS).join(', ');
  const types = Object.entries(VERSION_COLUMNS).map(([name, type]) => `${name} ${type}`);
  const { rows } = await db.query<{ id: string; resourceId: string }>(
    `insert into public.resource_version (${columns})
     select ${columns} from json_to_recordset($1) as row(${types.join(', ')})
     returning id::text, resource_id as "resourceId"`,
    [JSON.stringify(records)],
  );
  return new Map(rows.map(({ id, resourceId }) => [resourceId, id]));
}
