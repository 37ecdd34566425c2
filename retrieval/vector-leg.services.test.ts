import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSyntheticLibrary } from '../eval/scale/synthetic-library.ts';
import type { Database, Db } from '../library/db.ts';
import { readVisiblePassages } from '../library/found-passages.ts';
import { withdrawResource } from '../library/life-cycle.ts';
import {
  ensureVectorIndex,
  type NearestFilters,
  nearestAmong,
  nearestByIndex,
  nearestExactly,
} from '../library/nearest-passages.ts';
import { type EmbeddingSpace, liveSpace } from '../library/spaces.ts';
import { type ResourceToStore, storeResources } from '../library/store-resources.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import { fits } from './filters.ts';
import { createFlatVectors } from './flat-vectors.ts';
import { createPassageDirectory, type PassageDirectory } from './passage-directory.ts';
import { createVectorLeg, type VectorLeg } from './vector-leg.ts';

/** So many, and so large, that reading the whole table is dearer to the planner than its index. */
const DIMENSIONS = 256;
const RESOURCES = 2000;
const LIMIT = 60;
const library = createSyntheticLibrary({ dimensions: DIMENSIONS, topics: 20 });
const queries = Array.from({ length: 10 }, (_, i) => library.query(i, RESOURCES));

let database: Database;
let space: EmbeddingSpace;
let directory: PassageDirectory;
let leg: VectorLeg;

beforeAll(async () => {
  database = await freshDatabase();
  space = await liveSpace(database.db, { model: 'test', dimensions: DIMENSIONS, preprocessing: 'none' });
  await ensureVectorIndex(database.db, space);
  for (let first = 0; first < RESOURCES; first += 100) {
    const batch = Array.from({ length: 100 }, (_, i) => library.resource(first + i));
    await database.transaction(db => storeResources(db, batch, space.id));
    for (const { input } of batch) inputs.set(input.id, input);
  }
  await database.db.query('analyze');
  directory = createPassageDirectory();
  const { rows } = await database.db.query<{ id: string; versionId: string; passageIds: string[] }>(
    `select v.resource_id as id, v.id::text as "versionId", array_agg(p.id::text) as "passageIds"
     from resource_version v join passage p on p.version_id = v.id group by v.id`,
  );
  for (const { id, versionId, passageIds } of rows) {
    const { language, stage = null, subject = null, type = null } = inputOf(id);
    directory.add({ id, versionId, language, stage, subject, type, group: 0 }, passageIds.map(Number));
  }
  leg = createVectorLeg(database, space, { flat: createFlatVectors(DIMENSIONS), directory });
});
afterAll(() => database.close());

const inputs = new Map<string, ResourceToStore['input']>();
const inputOf = (id: string) => inputs.get(id)!;

/** The plan of the one query that `work` sends. */
async function planOf(work: (db: Db) => Promise<unknown>): Promise<string> {
  let plan = '';
  await work({
    async query(text: string, parameters?: unknown[]) {
      const result = await database.db.query(`explain ${text}`, parameters);
      plan = result.rows.map(row => row['QUERY PLAN']).join('\n');
      return { ...result, rows: [] };
    },
  });
  return plan;
}

describe('on a server, SQL', () => {
  const { vector } = queries[0]!;

  it('finds by the HNSW index, with and without a filter', async () => {
    const among = directory.fitting({ stage: 'higher' }).bits;
    for (const near of [
      { vector, limit: LIMIT },
      { vector, limit: LIMIT, among },
    ]) {
      const plan = await planOf(db => nearestByIndex(db, space, near));
      expect(plan).toContain(`Index Scan using embedding_space_${space.id}`);
      expect(plan).not.toMatch(/Seq Scan|Join|Sort/);
    }
  });

  it('compares the passages of a narrow filter by their keys', async () => {
    const plan = await planOf(db => nearestAmong(db, space, { vector, limit: LIMIT, passageIds: [1, 2, 3] }));
    expect(plan).toMatch(/Index Scan using embedding_(pkey|passage_id_idx)/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('reads the rows of what was found by their keys', async () => {
    const plan = await planOf(db => readVisiblePassages(db, [1, 2, 3], null));
    for (const key of ['passage_pkey', 'resource_version_pkey', 'resource_pkey']) expect(plan).toContain(key);
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('the vector leg on a server', () => {
  const filters: NearestFilters[] = [
    {},
    { stage: 'higher' },
    { language: 'zh' },
    { language: 'en' },
    { stage: 'vocational' },
    { stage: 'primary', language: 'en' },
    { type: 'training' },
    { stage: 'nowhere' },
  ];

  it.each(filters)('finds as many as were asked for, the nearest of all, with %j', async wanted => {
    expect(await recallOf(wanted)).toBeGreaterThanOrEqual(0.95);
  });

  it('is found where it is, though another index is being built: storing goes on', async () => {
    const builder = await database.pool.connect();
    await builder.query('begin');
    // What `create index concurrently` holds while it builds.
    await builder.query('lock table embedding in share update exclusive mode');
    await ensureVectorIndex(database.db, space);
    await builder.query('rollback');
    builder.release();
  });

  it('is complete when most of what is near was withdrawn', async () => {
    const near = await leg.search(queries[0]!.vector, request({}));
    const gone = [...new Set(near.map(({ resourceId }) => resourceId))].slice(0, 20);
    for (const id of gone) {
      await database.transaction(db => withdrawResource(db, id, 'outdated'));
      directory.remove(id);
    }
    const left = await leg.search(queries[0]!.vector, request({}));
    expect(left.map(({ resourceId }) => resourceId).filter(id => gone.includes(id))).toEqual([]);
    expect(await recallOf({})).toBeGreaterThanOrEqual(0.95);
  });
});

const request = (filters: NearestFilters) => ({ limit: LIMIT, filters, accept: () => true });

/** Recall@10 against exact comparison; fails if a query got fewer passages than it asked for and there are. */
async function recallOf(filters: NearestFilters): Promise<number> {
  let [hits, all] = [0, 0];
  for (const { vector } of queries) {
    const exact = await nearestExactly(database.db, space, { vector, limit: LIMIT, filters });
    const found = await leg.search(vector, request(filters));
    expect(found).toHaveLength(exact.length);
    for (const { resourceId } of found) {
      const { language, stage = null, subject = null, type = null } = inputOf(resourceId);
      const resource = { id: resourceId, versionId: '', language, stage, subject, type, group: 0 };
      expect(fits(resource, filters)).toBe(true);
    }
    const wanted = new Set(exact.slice(0, 10).map(({ passageId }) => passageId));
    hits += found.slice(0, 10).filter(({ passageId }) => wanted.has(passageId)).length;
    all += wanted.size;
  }
  return all === 0 ? 1 : hits / all;
}
