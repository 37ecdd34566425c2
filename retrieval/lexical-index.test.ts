import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Analyser, createAnalyser } from './analysis.ts';
import { createLexicalIndex, type IndexedResource } from './lexical-index.ts';
import { RANKING_WEIGHTS } from './ranking-weights.ts';
import { createTermStream } from './term-stream.ts';
import { isExercise } from './weigh-terms.ts';

let analyser: Analyser;
beforeAll(async () => {
  analyser = await createAnalyser();
});

/** Without a dictionary only words that both languages write alike are found. */
const translate = () => [];

interface Text {
  id: string;
  language: string;
  title: string;
  description: string;
  passages: string[];
}

const row = ({ id, language }: Text): IndexedResource => ({
  id,
  versionId: '1',
  language,
  stage: null,
  subject: null,
  type: null,
  group: 0,
});

const content = ({ title, description, passages }: Text) => ({
  title,
  description,
  passageCount: passages.length,
  passages: passages.map((text, i) => ({ id: i + 1, heading: [], text })),
});

/** Keys and length of a text. */
function bag(text: string) {
  const stream = createTermStream();
  analyser.analyse(text, stream);
  const counts = new Map<number, number>();
  for (const key of stream.keys.subarray(0, stream.count)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return { counts, length: stream.length };
}

/** BM25 of the whole resource + that of its best passage, straight from the definition. */
function naiveScores(texts: Text[], query: string): Map<string, number> {
  const family = texts.map(text => {
    const [title, description] = [bag(text.title), bag(text.description)];
    const bodies = text.passages.map(passage => bag(`\n${passage}`));
    const add = (parts: [ReturnType<typeof bag>, number][]) => ({
      of: (key: number) => parts.reduce((sum, [part, times]) => sum + times * (part.counts.get(key) ?? 0), 0),
      length: parts.reduce((sum, [part, times]) => sum + times * part.length, 0),
    });
    return {
      id: text.id,
      whole: add([[title, 2], [description, 1], ...bodies.map((body): [typeof body, number] => [body, 1])]),
      passages: bodies.map(body =>
        add([
          [title, 1],
          [description, 1],
          [body, 1],
        ]),
      ),
    };
  });
  const passages = family.flatMap(text => text.passages);
  const average = (texts: { length: number }[]) =>
    Math.max(1, texts.reduce((sum, { length }) => sum + length, 0) / texts.length);
  const kinds = { p: 1, b: 1, j: 0.5, w: 0.3, u: 0.3 };
  const score = (text: (typeof passages)[number], all: typeof passages) => {
    let sum = 0;
    for (const term of analyser.terms(query)) {
      const n = all.filter(other => other.of(term.key) > 0).length;
      if (n === 0) continue;
      const idf = Math.log(1 + (all.length - n + 0.5) / (n + 0.5)) ** 1.5;
      const tf = text.of(term.key);
      const { k1, b } = RANKING_WEIGHTS[isExercise(query) ? 'exerciseSaturation' : 'saturation'];
      const norm = k1 * (1 - b + (b * text.length) / average(all));
      sum += (kinds[term.kind] * term.count ** 0.5 * idf * tf * (k1 + 1)) / (tf + norm);
    }
    return sum;
  };
  const whole = family.map(text => text.whole);
  return new Map(
    family.map(text => [
      text.id,
      score(text.whole, whole) + Math.max(0, ...text.passages.map(passage => score(passage, passages))),
    ]),
  );
}

const WORDS = ['光合', '作用', '叶绿体', '牛顿', '定律', 'plants', 'force', 'law', '3.5', '水的', '，', '\n'];
const text = (words: number) =>
  fc.array(fc.constantFrom(...WORDS), { maxLength: words }).map(list => list.join(' '));
const library = fc
  .array(
    fc.record({
      title: text(4),
      description: text(3),
      passages: fc.array(text(30), { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(list => list.map((fields, i): Text => ({ id: `r${i}`, language: 'zh', ...fields })));

describe('the lexical index', () => {
  it('gives every resource the score of the definition, however it was filled', async () => {
    await fc.assert(
      fc.asyncProperty(library, library, text(6), async (first, second, query) => {
        const index = createLexicalIndex({ analyser, translate });
        for (const old of first) await index.add(row(old), content(old));
        await index.exportContent();
        for (const old of first) index.remove(old.id);
        for (const next of second) await index.add(row(next), content(next));
        // Twice: a replaced resource must leave nothing behind once it is merged away.
        for (const next of second) await index.add(row(next), content(next));
        await index.exportContent();
        const merged = createLexicalIndex({ analyser, translate }, await index.exportContent());
        const expected = naiveScores(second, query);
        const { hits } = merged.search(query, { families: ['zh'], limit: 20 });
        expect(new Set(hits.map(hit => hit.resource.id))).toEqual(
          new Set([...expected].filter(([, score]) => score > 0).map(([id]) => id)),
        );
        for (const hit of hits) expect(hit.score).toBeCloseTo(expected.get(hit.resource.id)!, 3);
        expect(hits.map(hit => hit.score)).toEqual(hits.map(hit => hit.score).sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  it('shows a resource when all of it is in, and nothing of one that fails', async () => {
    const index = createLexicalIndex({ analyser, translate });
    const ids = () => index.search('photosynthesis', { limit: 5 }).hits.map(hit => hit.resource.id);
    let release: () => void = () => undefined;
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    async function* passages() {
      yield { id: 1, heading: [], text: 'photosynthesis' };
      await gate;
      yield { id: 2, heading: [], text: 'photosynthesis again' };
    }
    const slow = { id: 'slow', language: 'en', title: 'Leaf', description: '', passages: [] };
    const added = index.add(row(slow), { ...content(slow), passageCount: 2, passages: passages() });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(ids()).toEqual([]);
    release();
    await added;
    expect(index.search('photosynthesis', { limit: 5 }).hits[0]?.passages).toHaveLength(2);

    async function* broken() {
      yield { id: 3, heading: [], text: 'photosynthesis' };
      throw new Error('connection lost');
    }
    const failed = { ...slow, id: 'failed' };
    await expect(
      index.add(row(failed), { ...content(failed), passageCount: 9, passages: broken() }),
    ).rejects.toThrow('connection lost');
    expect(ids()).toEqual(['slow']);
    await index.add(
      row({ ...slow, id: 'next' }),
      content({ ...slow, title: 'Photosynthesis', passages: ['x'] }),
    );
    expect(ids().sort()).toEqual(['next', 'slow']);
  });

  it('lets others run while a long resource is added and segments are merged', async () => {
    const index = createLexicalIndex({ analyser, translate });
    let turns = 0;
    let done = false;
    const count = () => {
      turns++;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    const words = (seed: number) =>
      Array.from({ length: 150 }, (_, i) => `w${(seed * 31 + i * i) % 9973}`).join(' ');
    for (let book = 0; book < 6; book++) {
      const text = { id: `book${book}`, language: 'en', title: `Book ${book}`, description: '' };
      const passages = Array.from({ length: 100 }, (_, i) => words(book * 100 + i));
      await index.add(row({ ...text, passages: [] }), content({ ...text, passages }));
      // Closes the open segment; four closed ones of a size become one.
      await index.exportContent();
    }
    done = true;
    // Some 180,000 postings, analysed, sorted and merged in slices of 4 ms.
    expect(turns).toBeGreaterThan(30);
    expect(index.statistics()).toMatchObject({ resources: 6, passages: 600, segments: 5 });
    expect(index.search(words(5 * 100 + 99), { limit: 1, passages: 1 }).hits[0]).toMatchObject({
      resource: { id: 'book5' },
      passages: [{ passageId: 100 }],
    });
  });

  it('sets foreign words apart by how rare they are everywhere', async () => {
    const index = createLexicalIndex({ analyser, translate });
    const add = (id: string, language: string, text: string) =>
      index.add(row({ id, language, title: '', description: '', passages: [] }), {
        ...content({ id, language, title: '', description: '', passages: [text] }),
      });
    for (let i = 0; i < 30; i++) await add(`en${i}`, 'en', 'the tree of the garden and the house');
    await add('the', 'zh', '英语里 the 是冠词，the the。');
    await add('redis', 'zh', '缓存用 Redis 做。');
    for (let i = 0; i < 10; i++) await add(`zh${i}`, 'zh', '花园里的树和房子。');
    const { hits } = index.search('the use of Redis', { families: ['zh'], limit: 5 });
    expect(hits.map(hit => hit.resource.id)).toEqual(['redis', 'the']);
  });
});
