import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database, Db } from '../library/db.ts';
import { contentHash, resourceInput } from '../library/resources.ts';
import { type EmbeddingSpace, liveSpace } from '../library/spaces.ts';
import { storeResources } from '../library/store-resources.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import { type Analyser, createAnalyser } from './analysis.ts';
import { createFlatVectors } from './flat-vectors.ts';
import { createIndexSync } from './index-sync.ts';
import { createLexicalIndex } from './lexical-index.ts';

let database: Database;
let analyser: Analyser;
let space: EmbeddingSpace;
beforeAll(async () => {
  [database, analyser] = await Promise.all([freshDatabase(), createAnalyser()]);
  space = await liveSpace(database.db, { model: 'two', dimensions: 2, preprocessing: '1' });
});
afterAll(() => database.close());
beforeEach(() => database.db.query('delete from resource'));

async function store(...ids: string[]): Promise<void> {
  const resources = ids.map(id => ({
    input: { ...resourceInput.parse({ id, title: id, text: '' }), language: 'en', source: 'test' },
    contentHash: contentHash([id]),
    passages: [{ heading: [], text: `about ${id}`, vector: Float32Array.of(0.6, 0.8) }],
  }));
  await database.transaction(db => storeResources(db, resources, space.id));
}

/** A process whose queries go through `query`. */
function open(query: Db['query']) {
  const index = createLexicalIndex({ analyser, translate: () => [] });
  const flat = createFlatVectors(2);
  const reported: string[] = [];
  const sync = createIndexSync({
    db: { query },
    index,
    vectors: { flat, space },
    directory: null,
    position: '0',
    report: error => reported.push(error.message),
  });
  return { sync, index, flat, reported };
}

it('is ready in the end although its first looks fail', async () => {
  await store('leaf');
  let faults = 3;
  const { sync, index, reported } = open((text, values) => {
    if (faults-- > 0) throw new Error('connection lost');
    return database.db.query(text, values);
  });
  await sync.start();
  expect(index.find('leaf')).toBeDefined();
  expect(reported).toEqual(Array(3).fill('connection lost'));
  await sync.close();
});

it('gives a copy of the vectors what comes in while it is loaded', async () => {
  let arrived: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reading = new Promise<void>(resolve => (arrived = resolve));
  const gate = new Promise<void>(resolve => (release = resolve));
  let isHeld = false;
  const { sync, flat } = open(async (text, values) => {
    if (isHeld && text.includes('vector_send')) {
      arrived();
      await gate;
    }
    return database.db.query(text, values);
  });
  await store('before');
  await sync.catchUp();
  await store('during');
  isHeld = true;
  const look = sync.catchUp();
  await reading;
  isHeld = false;
  const other = await liveSpaceOf('three');
  const loading = sync.loadVectors(other);
  release();
  const [copy] = await Promise.all([loading, look]);
  const idsOf = (vectors: typeof flat) => vectors.resources().map(({ id }) => id);
  expect(idsOf(copy).sort()).toEqual(['before', 'during']);
  expect(idsOf(flat).sort()).toEqual(['before', 'during']);
});

/** Another space: that it has no vectors yet does not matter here. */
async function liveSpaceOf(model: string): Promise<EmbeddingSpace> {
  const { rows } = await database.db.query<EmbeddingSpace>(
    `insert into embedding_space (model, dimensions, preprocessing, state) values ($1, 2, '1', 'building')
     on conflict do nothing returning id, model, dimensions, preprocessing, state`,
    [model],
  );
  return rows[0]!;
}
