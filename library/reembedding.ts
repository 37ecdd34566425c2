import type { Database, Db } from './db.ts';
import { embeddingText } from './passages.ts';
import { type EmbeddingSpace, SPACE_COLUMNS, type SpaceKey } from './spaces.ts';

/** A passage that searches can reach, as far as its vector depends on it. */
export interface PassageToEmbed {
  passageId: string;
  title: string;
  heading: string[];
  text: string;
}

/** Live passages of a library that have no vector in a space yet. */
export interface MissingVectors {
  passages: number;
  /** Of their texts with titles and headings. */
  characters: number;
  /** Those of them outside ASCII: for models, a Chinese character is a token or so, an English one a quarter. */
  wideCharacters: number;
}

/** How a re-embedding goes. */
export interface ReembeddingProgress {
  state: 'none' | 'embedding' | 'indexing' | 'checking' | 'switching' | 'done' | 'failed';
  /** The space that is built or returned to. */
  space: SpaceKey | null;
  /** Passages that have their vector, and all. */
  done: number;
  total: number;
  ratePerSecond: number;
  /** Null before the rate is known. */
  secondsLeft: number | null;
  /** From the start to the end, or to now. */
  seconds: number;
  /** Why it failed. */
  reason: string | null;
}

/** What a re-embedding has before it. */
export interface ReembeddingEstimate extends MissingVectors {
  allPassages: number;
  from: SpaceKey | null;
  to: SpaceKey;
  /** About so many tokens of a model: one a character outside ASCII, one for four others. */
  tokens: number;
  /** Whether the vectors are computed here, at no price. */
  isLocal: boolean;
  /** Whether there is nothing to do. */
  isLive: boolean;
}

/** Where commands reach the re-embedding of a process. `model` null is the offline embedder. */
export interface Reembedding {
  estimate(model: TargetModel | null): Promise<ReembeddingEstimate>;
  /** Builds the space of `model` (going on where an earlier build stopped) and switches to it; returns at once. */
  start(model: TargetModel | null): Promise<void>;
  /** Switches back to the space before, with what came in since; returns at once. */
  startRollback(): Promise<void>;
  progress(): ReembeddingProgress;
  dropRetired(): Promise<{ spaces: EmbeddingSpace[]; vectors: number; inUse: number }>;
}

/** A model by its name and where it is asked. */
export interface TargetModel {
  model: string;
  baseUrl: string | undefined;
}

/** A version that is live, with where its resource stands in the order of changes. */
export interface ChangedVersion {
  resourceId: string;
  changedIn: string;
  versionId: string;
}

/** Passages of versions that are live, or that would be if their withdrawal were undone. */
const LIVE_PASSAGES = `public.resource r
  join public.resource_version v on v.id = r.live_version join public.passage p on p.version_id = v.id`;
const HAS_NO_VECTOR =
  'not exists (select from public.embedding e where e.space_id = $1 and e.passage_id = p.id)';

/**
 * The space of `key` with state `building`: a new one, one that a build was stopped in, or a retired one, whose vectors
 * are as good as ever. What another build left half done is given up. The live space is returned as it is.
 */
export async function beginBuild(db: Db, key: SpaceKey): Promise<EmbeddingSpace> {
  await db.query(`update public.embedding_space set state = 'retired' where state = 'building'`);
  const { rows } = await db.query<EmbeddingSpace>(
    `insert into public.embedding_space as old (model, dimensions, preprocessing, state) values ($1, $2, $3, 'building')
     on conflict (model, dimensions, preprocessing)
       do update set state = case old.state when 'live' then 'live' else 'building' end
     returning ${SPACE_COLUMNS}`,
    [key.model, key.dimensions, key.preprocessing],
  );
  return rows[0]!;
}

/** The space that was live before this one and still has its vectors. */
export async function findPreviousSpace(db: Db): Promise<EmbeddingSpace | undefined> {
  const { rows } = await db.query<EmbeddingSpace>(
    `select ${SPACE_COLUMNS} from public.embedding_space
     where state <> 'live' and live_until is not null order by live_until desc limit 1`,
  );
  return rows[0];
}

/** Versions of resources touched at or after `position`, one page in a fixed order; go on after the last one returned. */
export async function readChangedVersions(
  db: Db,
  position: string,
  after: ChangedVersion | undefined,
  limit: number,
): Promise<ChangedVersion[]> {
  const { rows } = await db.query<ChangedVersion>(
    `select id as "resourceId", changed_in::text as "changedIn", live_version::text as "versionId"
     from public.resource
     where changed_in >= $1::xid8 and live_version is not null and ($2::xid8 is null or (changed_in, id) > ($2::xid8, $3))
     order by changed_in, id limit $4`,
    [position, after?.changedIn ?? null, after?.resourceId ?? '', limit],
  );
  return rows;
}

/** Up to `limit` passages of those of these versions that are still live, that have no vector in the space. */
export async function readMissing(
  db: Db,
  spaceId: number,
  versionIds: string[],
  limit: number,
): Promise<PassageToEmbed[]> {
  const { rows } = await db.query<PassageToEmbed>(
    // Passages first, then look-ups by key, whatever the planner believes of tables that have just grown.
    `with p as materialized (select id, version_id, ordinal, heading, text from public.passage where version_id = any($2::bigint[]))
     select p.id::text as "passageId", v.title, p.heading, p.text
     from p join public.resource_version v on v.id = p.version_id join public.resource r on r.live_version = v.id
     where ${HAS_NO_VECTOR} order by p.id limit $3`,
    [spaceId, versionIds, limit],
  );
  return rows;
}

/** Which of these passages are of live versions; they stay so to the end of this transaction. */
export async function holdLivePassages(db: Db, passageIds: string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ passageId: string }>(
    // In the order in which ingestion locks resources too.
    `select p.id::text as "passageId" from ${LIVE_PASSAGES} where p.id = any($1::bigint[])
     order by r.id for key share of r`,
    [passageIds],
  );
  return new Set(rows.map(({ passageId }) => passageId));
}

/** Where a build of the space starts: the transaction number below which nothing is missing, '0' for all. */
export async function readCompleteBelow(db: Db, spaceId: number): Promise<string> {
  const { rows } = await db.query<{ position: string | null }>(
    'select complete_below::text as position from public.embedding_space where id = $1',
    [spaceId],
  );
  return rows[0]?.position ?? '0';
}

/** Embedded, a search may wait for a page of them. */
const MEASURE_PAGE = 200;

/** How much a build of the space has before it, and how many passages there are in all. `spaceId` 0: nothing is done. */
export async function measureMissing(
  db: Db,
  spaceId: number,
): Promise<MissingVectors & { allPassages: number }> {
  const sum = { passages: 0, allPassages: 0, characters: 0, wideCharacters: 0 };
  let after: ChangedVersion | undefined;
  do {
    const versions = await readChangedVersions(db, '0', after, MEASURE_PAGE);
    const page = await measurePage(
      db,
      spaceId,
      versions.map(({ versionId }) => versionId),
    );
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += page[name];
    after = versions.length === MEASURE_PAGE ? versions.at(-1) : undefined;
  } while (after);
  return sum;
}

async function measurePage(
  db: Db,
  spaceId: number,
  versionIds: string[],
): Promise<MissingVectors & { allPassages: number }> {
  const { rows } = await db.query<MissingVectors & { allPassages: number }>(
    `with p as materialized (select id, version_id, heading, text from public.passage where version_id = any($2::bigint[])),
       measured as (
         select ${HAS_NO_VECTOR} as missing, concat_ws(E'\n', v.title, array_to_string(p.heading, ' > '), p.text) as text
         from p join public.resource_version v on v.id = p.version_id)
     select count(*) filter (where missing)::int as passages, count(*)::int as "allPassages",
       coalesce(sum(char_length(text)) filter (where missing), 0)::float as characters,
       -- In UTF-8 nearly all characters outside ASCII of our languages take three bytes.
       coalesce(sum((octet_length(text) - char_length(text)) / 2) filter (where missing), 0)::float as "wideCharacters"
     from measured`,
    [spaceId, versionIds],
  );
  return rows[0]!;
}

/** Some live passages, as they are embedded, with their vectors in a space; spread by chance. */
export async function sampleVectors(
  db: Db,
  spaceId: number,
  size: number,
): Promise<{ passageId: string; text: string; vector: number[] }[]> {
  const { rows } = await db.query<PassageToEmbed & { vector: string }>(
    `select p.id::text as "passageId", v.title, p.heading, p.text, e.vector::text as vector
     from (select r.live_version from public.resource r where r.live_version is not null order by random() limit $2) chosen
     join public.resource_version v on v.id = chosen.live_version
     join public.passage p on p.version_id = v.id and p.ordinal = 0
     join public.embedding e on e.space_id = $1 and e.passage_id = p.id`,
    [spaceId, size],
  );
  return rows.map(({ passageId, title, vector, ...passage }) => ({
    passageId,
    text: embeddingText(title, passage),
    vector: JSON.parse(vector) as number[],
  }));
}

/**
 * Makes a space the live one if every live passage that was touched at or after `position` has a vector in it (those
 * below were looked at); else changes nothing and returns how many lack one. Whoever stores a passage meanwhile holds the
 * live space (`holdLiveSpace`): its transaction is over before we count, or it finds the space changed.
 */
export async function switchTo(
  database: Database,
  spaceId: number,
  position: string,
): Promise<{ missing: number }> {
  return database.transaction(async db => {
    await db.query(`select from public.embedding_space where state = 'live' for update`);
    const { rows } = await db.query<{ n: number }>(
      `select count(*)::int as n from ${LIVE_PASSAGES} where r.changed_in >= $2::xid8 and ${HAS_NO_VECTOR}`,
      [spaceId, position],
    );
    const missing = rows[0]!.n;
    if (missing > 0) return { missing };
    // All that was stored so far has its vectors in the space that goes: what comes is above every finished transaction.
    await db.query(
      `update public.embedding_space
       set state = 'retired', live_until = now(), complete_below = pg_snapshot_xmin(pg_current_snapshot())
       where state = 'live' and id <> $1`,
      [spaceId],
    );
    await db.query(
      `update public.embedding_space set state = 'live', live_until = null, complete_below = null where id = $1`,
      [spaceId],
    );
    return { missing };
  });
}
