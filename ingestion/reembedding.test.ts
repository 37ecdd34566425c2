import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database, Db } from '../library/db.ts';
import { embeddingText } from '../library/passages.ts';
import { type Reembedding, readMissing } from '../library/reembedding.ts';
import { contentHash, resourceInput } from '../library/resources.ts';
import { findLiveSpace, isSpaceChange } from '../library/spaces.ts';
import { storeResources } from '../library/store-resources.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import type { Embedder } from '../models/embedder.ts';
import { liveEmbedder } from '../models/live-embedder.ts';
import { onlyEmbedders } from '../models/testing/only-embedders.ts';
import { createPacer } from '../retrieval/pacer.ts';
import { embedResources } from './prepare-resource.ts';
import { createReembedding } from './reembedding.ts';
import { createLetterEmbedder, letterVector } from './testing/letter-embedder.ts';

let database: Database;
let db: Db;
let reembedding: ReturnType<typeof createReembedding>;
beforeAll(async () => {
  database = await freshDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await db.query('delete from resource; delete from embedding_space');
});
afterEach(() => reembedding.close());

const signal = new AbortController().signal;
const NEW = { model: 'new', baseUrl: undefined };

/** The letter embedder under another name, its numbers moved by one: told apart from it in every vector. */
function otherEmbedder(more: Partial<Embedder> = {}): Embedder & { texts: string[] } {
  const texts: string[] = [];
  return {
    space: { model: 'new', dimensions: 8, preprocessing: '1' },
    async embed(batch) {
      texts.push(...batch);
      return batch.map(otherVector);
    },
    ...more,
    texts,
  };
}
const otherVector = (text: string) => letterVector(text).map((_, i, all) => all[(i + 1) % all.length]!);

/** What this process embeds with: `embedders[0]` is wanted, and the letters are what the library begins with. */
function open(...embedders: Embedder[]): Reembedding {
  const all = onlyEmbedders(createLetterEmbedder(), ...embedders);
  reembedding = createReembedding({ database, embedders: all, follow: async () => undefined });
  return reembedding;
}

async function store(embedders: Embedder[], ...resources: [id: string, texts: string[]][]): Promise<void> {
  const live = await liveEmbedder(db, onlyEmbedders(createLetterEmbedder(), ...embedders));
  const cut = resources.map(([id, texts]) => {
    const input = resourceInput.parse({ id, title: id, text: '', language: 'en' });
    const passages = texts.map(text => ({ heading: ['h'], text }));
    return {
      input: { ...input, language: 'en', source: 'test' },
      contentHash: contentHash([id, texts]),
      passages,
    };
  });
  const ready = await embedResources(db, cut, live, createPacer(), signal);
  await database.transaction(inside => storeResources(inside, ready, live.space.id));
}

const many = (count: number): [string, string[]][] =>
  Array.from({ length: count }, (_, i) => [`r${i}`, [`first of ${i}`, `second of ${i}`]]);

async function ended() {
  await expect.poll(() => reembedding.progress().state, { timeout: 20_000 }).toMatch(/^(done|failed)$/);
  return reembedding.progress();
}

/** Live passages whose vector in the live space is not the one that `vectorOf` gives their text. */
async function wrongPassages(vectorOf: (text: string) => Float32Array): Promise<unknown[]> {
  const { rows } = await db.query(
    `select r.id, v.title, p.heading, p.text, e.vector::text as vector
     from resource r join resource_version v on v.id = r.live_version join passage p on p.version_id = v.id
     left join embedding e on e.passage_id = p.id
       and e.space_id = (select id from embedding_space where state = 'live')`,
  );
  expect(rows.length).toBeGreaterThan(0);
  return rows.filter(row => row.vector !== `[${[...vectorOf(embeddingText(row.title, row))].join(',')}]`);
}

const statesOf = async () =>
  Object.fromEntries(
    (await db.query('select model, state from embedding_space')).rows.map(({ model, state }) => [
      model,
      state,
    ]),
  );

it('builds a space, switches, goes back with what came in since, and frees the room', async () => {
  const other = otherEmbedder();
  await store([], ...many(120));
  open(other);
  const estimate = await reembedding.estimate(NEW);
  expect(estimate).toMatchObject({ passages: 240, allPassages: 240, isLive: false, wideCharacters: 0 });
  expect(estimate.tokens).toBe(Math.round(estimate.characters / 4));
  await reembedding.start(NEW);
  expect(await ended()).toMatchObject({ state: 'done', done: 240, total: 240, reason: null });
  expect(await statesOf()).toEqual({ letters: 'retired', new: 'live' });
  expect(await wrongPassages(otherVector)).toEqual([]);
  expect(await reembedding.estimate(NEW)).toMatchObject({ isLive: true, passages: 0 });

  await store([other], ['later', ['came in later']], ['r1', ['replaced']]);
  await db.query(`update resource set status = 'withdrawn' where id = 'r2'`);
  await reembedding.startRollback();
  expect(await ended()).toMatchObject({ state: 'done' });
  expect(await statesOf()).toEqual({ letters: 'live', new: 'retired' });
  expect(await wrongPassages(letterVector)).toEqual([]);

  expect(await reembedding.dropRetired()).toMatchObject({ vectors: 0, inUse: 1 });
  await db.query(`update embedding_space set live_until = now() - interval '1 hour' where state = 'retired'`);
  const dropped = await reembedding.dropRetired();
  expect(dropped).toMatchObject({ inUse: 0, spaces: [{ model: 'new' }] });
  expect(dropped.vectors).toBe(240);
  await expect(reembedding.startRollback()).rejects.toThrow('no space to go back to');
  expect(await wrongPassages(letterVector)).toEqual([]);
});

it('leaves nothing out that comes in while it builds', async () => {
  await store([], ...many(40));
  let calls = 0;
  const other: Embedder = otherEmbedder({
    async embed(texts) {
      calls += 1;
      // In the middle of the build, and again in the middle of the catching up.
      if (calls <= 3) {
        const all = [1, 2, 3].map((n): [string, string[]] => [`r${n}`, [`changed ${calls}`]]);
        await store([], [`new${calls}`, ['during']], ...all);
      }
      return texts.map(otherVector);
    },
  });
  open(other);
  await reembedding.start(NEW);
  expect(await ended()).toMatchObject({ state: 'done' });
  expect(calls).toBeGreaterThan(3);
  expect(await wrongPassages(otherVector)).toEqual([]);
  // Nor anything of a version that was replaced while its vector was on its way.
  const { rows } = await db.query(
    `select p.text from embedding e join passage p on p.id = e.passage_id
     where e.space_id = (select id from embedding_space where state = 'live')
       and not exists (select from resource r where r.live_version = p.version_id)`,
  );
  expect(rows).toEqual([]);
});

it('does not let a version in whose vectors are of the space before', async () => {
  await store([], ...many(2));
  const before = (await findLiveSpace(db))!;
  open(otherEmbedder());
  await reembedding.start(NEW);
  await ended();
  const late = database.transaction(inside => storeResources(inside, [], before.id));
  expect(isSpaceChange(await late.catch((thrown: unknown) => thrown))).toBe(true);
});

it('keeps what was embedded when the endpoint fails, and goes on from there', async () => {
  await store([], ...many(200));
  let left = 2;
  const failing = otherEmbedder({
    async embed(texts) {
      left -= 1;
      if (left < 0) throw new Error('the endpoint is down');
      return texts.map(otherVector);
    },
  });
  open(failing);
  await reembedding.start(NEW);
  expect(await ended()).toMatchObject({ state: 'failed', reason: 'the endpoint is down' });
  expect(await statesOf()).toEqual({ letters: 'live', new: 'building' });
  expect(await wrongPassages(letterVector)).toEqual([]);
  const { rows } = await db.query(
    `select count(*)::int as n from embedding where space_id = (select id from embedding_space where model = 'new')`,
  );
  expect(rows[0].n).toBeGreaterThan(0);

  const other = otherEmbedder();
  open(other);
  await reembedding.start(NEW);
  expect(await ended()).toMatchObject({ state: 'done', done: 400, total: 400 });
  const passagesEmbedded = other.texts.length - 32;
  expect(passagesEmbedded).toBe(400 - rows[0].n);
  expect(await wrongPassages(otherVector)).toEqual([]);
});

it('takes no space into use whose endpoint gives other vectors the second time', async () => {
  await store([], ...many(10));
  let calls = 0;
  open(
    otherEmbedder({
      embed: async texts => {
        calls += 1;
        return texts.map(calls === 1 ? letterVector : otherVector);
      },
    }),
  );
  await reembedding.start(NEW);
  const { state, reason } = await ended();
  expect(state).toBe('failed');
  expect(reason).toContain('got other vectors');
  expect(await statesOf()).toEqual({ letters: 'live', new: 'building' });

  // As the message says: what is wrong is thrown away, and all of it embedded again.
  open(otherEmbedder());
  expect(await reembedding.dropRetired()).toMatchObject({ vectors: 20, spaces: [{ model: 'new' }] });
  await reembedding.start(NEW);
  expect(await ended()).toMatchObject({ state: 'done', total: 20 });
  expect(await wrongPassages(otherVector)).toEqual([]);
});

it('does not pay twice for a text: not for a duplicate, an unchanged passage, or one of another resource', async () => {
  const other = otherEmbedder();
  open(other);
  await store([other], ['seed', ['seed']]);
  await reembedding.start(NEW);
  await ended();
  other.texts.length = 0;
  await store([other], ['book', ['one', 'two', 'two']]);
  expect(other.texts).toHaveLength(2);
  await store([other], ['book', ['one', 'two', 'three']]);
  expect(other.texts.map(text => text.split('\n').at(-1))).toEqual(['one', 'two', 'three']);
  expect(await wrongPassages(otherVector)).toEqual([]);
});

it('is one at a time', async () => {
  await store([], ...many(4));
  let go: () => void = () => undefined;
  const gate = new Promise<void>(resolve => (go = resolve));
  const slow = otherEmbedder({
    async embed(texts) {
      await gate;
      return texts.map(otherVector);
    },
  });
  open(slow, { ...otherEmbedder(), space: { model: 'third', dimensions: 8, preprocessing: '1' } });
  await reembedding.start(NEW);
  // The same again follows what runs already.
  await reembedding.start(NEW);
  await expect(reembedding.start({ ...NEW, model: 'third' })).rejects.toThrow('being built');
  await expect(reembedding.dropRetired()).rejects.toThrow('being built');
  if (database.kind === 'postgres') {
    const elsewhere = createReembedding({
      database,
      embedders: onlyEmbedders(createLetterEmbedder(), slow),
      follow: async () => undefined,
    });
    await expect(elsewhere.start(NEW)).rejects.toThrow('Another process');
  }
  go();
  expect(await ended()).toMatchObject({ state: 'done' });
  // No going back to vectors that are being deleted.
  const dropping = reembedding.dropRetired();
  await expect(reembedding.startRollback()).rejects.toThrow('being deleted');
  await dropping;
  const live = (await findLiveSpace(db))!;
  const { rows } = await db.query('select id::text from resource_version');
  expect(
    await readMissing(
      db,
      live.id,
      rows.map(({ id }) => id),
      10,
    ),
  ).toEqual([]);
});
