import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../library/accounts.ts';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import { embeddingText } from '../library/passages.ts';
import { contentHash, resourceInput } from '../library/resources.ts';
import { type EmbeddingSpace, liveSpace } from '../library/spaces.ts';
import { storeResources } from '../library/store-resources.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import type { Embedder } from '../models/embedder.ts';
import { createOfflineEmbedder } from '../models/offline-embedder.ts';
import { createQueryEmbedder } from '../models/query-embedder.ts';
import { type Analyser, createAnalyser } from './analysis.ts';
import { createFlatVectors } from './flat-vectors.ts';
import { createIndexSync, type IndexSync } from './index-sync.ts';
import { createLexicalIndex } from './lexical-index.ts';
import { createPassageDirectory } from './passage-directory.ts';
import { createSearcher, type Searcher } from './search.ts';
import { openDictionary } from './translation/dictionary.ts';
import { createTranslator, type Translate } from './translation/translate.ts';
import { createVectorLeg } from './vector-leg.ts';

let database: Database;
let analyser: Analyser;
let translate: Translate;
let embedder: Embedder;
let space: EmbeddingSpace;
let sync: IndexSync;
let searcher: Searcher;

beforeAll(async () => {
  [database, analyser] = await Promise.all([freshDatabase(), createAnalyser()]);
  translate = createTranslator(analyser, await openDictionary(analyser));
  embedder = createOfflineEmbedder(analyser.terms);
  space = await liveSpace(database.db, embedder.space);
  if (database.kind === 'postgres') await ensureVectorIndex(database.db, space);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.query('delete from resource');
  open();
});

/** A process with an empty index. */
function open() {
  const index = createLexicalIndex({
    analyser,
    translate,
  });
  const flat = createFlatVectors(space.dimensions);
  const report = (error: Error) => expect.unreachable(error.message);
  const directory = createPassageDirectory();
  const vectors = { flat, space };
  sync = createIndexSync({ db: database.readDb, index, vectors, directory, position: '0', report });
  const vectorLeg = createVectorLeg(database, space, { flat, directory });
  searcher = createSearcher({
    db: database.plannedDb,
    index,
    vectors: () => ({ embedder: createQueryEmbedder(embedder), vectorLeg }),
    onLost: (part, error) => expect.unreachable(`${part}: ${error}`),
  });
}

interface Fields {
  language?: string;
  stage?: string;
  subject?: string;
  type?: string;
  title?: string;
}

async function store(...resources: [id: string, texts: string[], fields?: Fields][]) {
  const ready = await Promise.all(
    resources.map(async ([id, texts, fields = {}]) => {
      const input = resourceInput.parse({ id, title: id, text: '', language: 'en', ...fields });
      const passages = texts.map(text => ({ heading: [], text }));
      const vectors = await embedder.embed(passages.map(passage => embeddingText(input.title, passage)));
      return {
        input: { ...input, language: input.language!, source: 'test' },
        contentHash: contentHash([id, texts, fields]),
        passages: passages.map((passage, i) => ({ ...passage, vector: vectors[i]! })),
      };
    }),
  );
  await database.transaction(db => storeResources(db, ready, space.id));
}

const change = (id: string, set: string, ...values: unknown[]) =>
  database.db.query(`update resource set ${set}, changed_in = pg_current_xact_id() where id = $1`, [
    id,
    ...values,
  ]);

async function found(query: string, more: object = {}, asker: Asker | null = null): Promise<string[]> {
  const results = await searcher.search({ query, limit: 10, ...more }, asker);
  return results.map(({ resourceId }) => resourceId);
}

describe('the index', () => {
  it('follows what is added, replaced, withdrawn and brought back', async () => {
    await store(['leaf', ['Chlorophyll catches light.']], ['rock', ['Granite is hard.']]);
    expect(await found('chlorophyll')).toEqual([]);
    await sync.catchUp();
    expect((await found('chlorophyll'))[0]).toBe('leaf');
    await store(['rock', ['Chlorophyll once more, and chlorophyll again: chlorophyll.']]);
    await sync.catchUp();
    expect((await found('chlorophyll'))[0]).toBe('rock');
    expect(await found('granite')).toEqual([]);
    await change('rock', `status = 'withdrawn'`);
    await sync.catchUp();
    expect(await found('chlorophyll')).toEqual(['leaf']);
    await change('rock', `status = 'live'`);
    await sync.catchUp();
    expect(await found('chlorophyll')).toHaveLength(2);
  });

  it('misses nothing of a transaction that began before and committed after a look', async () => {
    await store(['early', ['tide']]);
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await client.query(
        `update resource set status = 'withdrawn', changed_in = pg_current_xact_id() where id = 'early'`,
      );
      if (database.kind === 'postgres') {
        await store(['later', ['tide']]);
        await sync.catchUp();
        expect(await found('tide')).toHaveLength(2);
      }
      await client.query('commit');
    } finally {
      client.release();
    }
    await sync.catchUp();
    expect(await found('tide')).not.toContain('early');
  });

  it('reads a resource of more passages than a page, and every one can be found', async () => {
    const texts = Array.from({ length: 150 }, (_, i) => `Passage about item${i}x and nothing else.`);
    await store(['long', texts], ['short', ['Something else.']]);
    await sync.catchUp();
    for (const i of [0, 59, 60, 61, 149]) {
      const [best] = await searcher.search({ query: `item${i}x`, limit: 1 }, null);
      expect(best?.passages[0]?.text).toBe(texts[i]);
    }
  });
});

describe('a search', () => {
  it('shows nobody what is not theirs to see, however late the index is', async () => {
    await database.db.query(`insert into account (organisation_id, username, display_name, role, password_hash)
      select min(o.id), n, n, 'teacher', '' from organisation o, unnest(array['owner', 'pupil']) as n group by n`);
    const { rows } = await database.db.query<{ id: string; organisationId: string }>(
      'select id::text, organisation_id::text as "organisationId" from account order by username',
    );
    const [owner, pupil] = rows.map(
      ({ id, organisationId }): Asker => ({ accountId: id, organisationId, classIds: [] }),
    );
    const { rows: classes } = await database.db.query<{ id: string }>(
      `insert into class (organisation_id, name, teacher_id) values ($1, 'c', $2) returning id::text`,
      [owner!.organisationId, owner!.accountId],
    );
    await store(
      ['public', ['osmosis']],
      ['own', ['osmosis']],
      ['class', ['osmosis']],
      ['school', ['osmosis']],
    );
    await change('own', `visibility = 'owner', owner_id = $2`, owner!.accountId);
    await change('class', `visibility = 'class', class_id = $2`, classes[0]!.id);
    await change('school', `visibility = 'organisation'`);
    await sync.catchUp();
    const asked = async (asker: Asker | null) => (await found('osmosis', {}, asker)).sort();
    expect(await asked(null)).toEqual(['public']);
    expect(await asked(owner!)).toEqual(['own', 'public', 'school']);
    expect(await asked({ ...pupil!, classIds: [classes[0]!.id] })).toEqual(['class', 'public', 'school']);
    await change('public', `status = 'withdrawn'`);
    expect(await asked(null)).toEqual([]);
    const { passages } = await searcher.passagesFor({ query: 'osmosis', limit: 5 }, null);
    expect(passages).toEqual([]);
  });

  it('fills a page past everything that the asker may not see', async () => {
    const hidden = Array.from({ length: 300 }, (_, i): [string, string[]] => [
      `hidden${i}`,
      ['estuary estuary estuary'],
    ]);
    const shown = Array.from({ length: 12 }, (_, i): [string, string[]] => [
      `shown${i}`,
      ['An estuary, somewhere in a much longer text about rivers and seas and ships.'],
    ]);
    await store(...hidden, ...shown);
    await database.db.query(`update resource set visibility = 'organisation' where id like 'hidden%'`);
    await sync.catchUp();
    const ids = await found('estuary');
    expect(ids).toHaveLength(10);
    expect(ids.every(id => id.startsWith('shown'))).toBe(true);
  });

  it('keeps hard filters complete however narrow they are, and takes wishes for wishes', async () => {
    const many = Array.from({ length: 400 }, (_, i): [string, string[], Fields] => [
      `r${i}`,
      [`Velocity is a vector. ${'velocity '.repeat(i % 7)}`],
      {
        stage: i % 100 === 99 ? 'primary' : 'senior',
        subject: i === 7 ? 'sport' : 'physics',
        type: 'lesson',
      },
    ]);
    await store(...many);
    await sync.catchUp();
    expect((await found('velocity', { filters: { stage: 'primary' } })).sort()).toEqual([
      'r199',
      'r299',
      'r399',
      'r99',
    ]);
    expect(await found('velocity', { filters: { subject: 'sport' } })).toEqual(['r7']);
    expect(await found('velocity', { filters: { subject: 'sport', stage: 'primary' } })).toEqual([]);
    expect(await found('velocity', { filters: { type: 'lesson' }, limit: 100 })).toHaveLength(100);
    expect(await found('velocity', { prefer: { stage: 'vocational' } })).toHaveLength(10);
    expect(await found('velocity', { exclude: ['r7'], filters: { subject: 'sport' } })).toEqual([]);
  });

  it('takes traditional for simplified characters, and zh for every Chinese', async () => {
    await store(
      ['jian', ['叶绿体吸收光能。'], { language: 'zh' }],
      ['fan', ['葉綠體吸收光能。'], { language: 'zh-Hant' }],
      ['en', ['叶绿体 is Chinese for chloroplast.'], { language: 'en' }],
    );
    await sync.catchUp();
    expect((await found('葉綠體', { filters: { language: 'zh' } })).sort()).toEqual(['fan', 'jian']);
    expect(await found('叶绿体', { filters: { language: 'zh-Hant' } })).toEqual(['fan']);
    expect(await found('叶绿体', { filters: { language: 'en' } })).toEqual(['en']);
  });

  it('finds the Latin words of one language in the texts of the other', async () => {
    await store(
      ['zh', ['用 ConcurrentHashMap 可以在多个线程之间共享数据。'], { language: 'zh' }],
      ['en', ['Gardens need water and light.'], { language: 'en' }],
      ['map', ['A ConcurrentHashMap is shared between threads.'], { language: 'en' }],
    );
    await sync.catchUp();
    expect((await found('how does ConcurrentHashMap work')).slice(0, 2).sort()).toEqual(['map', 'zh']);
    expect((await found('ConcurrentHashMap 的原理')).slice(0, 2).sort()).toEqual(['map', 'zh']);
    expect((await found('ConcurrentHashMap 的原理', { filters: { language: 'en' } }))[0]).toBe('map');
  });

  it('gives the passages that an answer needs, best first, with all that a citation says', async () => {
    await store(
      [
        'cell',
        ['Cells divide.', 'Mitosis has four phases: prophase, metaphase, anaphase, telophase.'],
        { title: 'Mitosis' },
      ],
      ['moon', ['The moon has phases too.']],
    );
    await sync.catchUp();
    const { passages, strength } = await searcher.passagesFor({ query: 'phases of mitosis', limit: 3 }, null);
    expect(passages[0]).toMatchObject({
      resourceId: 'cell',
      title: 'Mitosis',
      language: 'en',
      heading: [],
      locator: null,
      text: expect.stringMatching(/^Mitosis has four phases/),
    });
    expect(passages.map(({ score }) => score)).toEqual(
      passages.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(strength).toBeGreaterThan(0);
    expect(strength).toBeLessThanOrEqual(1);
  });

  it('gives of resources that are named all that fits, however many better ones there are', async () => {
    const loud = Array.from({ length: 80 }, (_, n) => [`loud${n}`, ['Tides, tides, tides.']] as const);
    const quiet = Array.from(
      { length: 10 },
      (_, n) => `Part ${n} of a long story in which a tide comes in once.`,
    );
    await store(...loud.map(([id, texts]) => [id, [...texts]] as [string, string[]]), ['quiet', quiet]);
    await sync.catchUp();
    const of = async (resourceIds: string[], limit: number) =>
      (await searcher.passagesFor({ query: 'tides', limit, filters: { resourceIds } }, null)).passages;
    expect((await of(['quiet'], 20)).map(({ resourceId }) => resourceId)).toEqual(Array(10).fill('quiet'));
    const both = await of(['quiet', 'loud7', 'unknown'], 20);
    expect(both[0]!.resourceId).toBe('loud7');
    expect(both).toHaveLength(11);
    expect(await of([], 20)).toEqual([]);
  });

  it('finds nothing, without an error, in an empty library and for a query of nothing but marks', async () => {
    expect(await found('mitosis')).toEqual([]);
    await store(['cell', ['Cells divide.']]);
    await sync.catchUp();
    expect(await found('cells')).toEqual(['cell']);
    expect(await found('？！…')).toEqual([]);
    expect(await found('xylophone')).toEqual([]);
  });
});
