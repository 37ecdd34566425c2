import { expect, it } from 'vitest';
import type { LanguageFamily } from '../retrieval/language.ts';
import type { LabelledCase } from './cases.ts';
import type { RankingSystem } from './ranking-systems.ts';
import { rankQueries } from './retrieval-run.ts';

function query(id: string, relevant: string[], change: Partial<LabelledCase> = {}): LabelledCase {
  const grades = new Map(relevant.map(resource => [resource, 1]));
  const labels = { answers: [], answerable: relevant.length > 0, targetLanguage: undefined };
  return { id, question: id, language: 'en', relevant, grades, ...labels, ...change };
}

const languages = new Map<string, LanguageFamily>([
  ['a', 'en'],
  ['b', 'en'],
  ['c', 'zh'],
]);
const system = (id: string, ranked: string[]): RankingSystem => ({ id, rank: async () => ranked });
const systems = [system('zhujiao', ['a', 'b', 'c']), system('bm25', ['b', 'a'])];
const all = { sample: Number.POSITIVE_INFINITY, languages };

it('scores every query by every system', async () => {
  const cases = [query('1', ['a']), query('2', ['c'], { targetLanguage: 'zh' })];
  const { sets } = await rankQueries([{ name: 'some', cases }], systems, all);
  expect(sets).toEqual([
    {
      name: 'some',
      direction: 'en',
      of: 2,
      absent: 0,
      ids: ['1', '2'],
      halves: [expect.any(String), expect.any(String)],
      ndcg10: { zhujiao: [1, 0.5], bm25: [1 / Math.log2(3), 0] },
      recall10: { zhujiao: [1, 1], bm25: [1, 0] },
    },
  ]);
});

it('tells the direction of a set by its target, else by the resources that answer', async () => {
  const sets = [
    { name: 'target', cases: [query('1', ['gone'], { targetLanguage: 'zh-Hant' })] },
    { name: 'answers', cases: [query('2', ['a'], { language: 'zh' })] },
    { name: 'same', cases: [query('3', ['c'], { language: 'zh' })] },
    { name: 'silent', cases: [query('4', ['gone'], { language: undefined })] },
  ];
  const ranked = await rankQueries(sets, systems, all);
  expect(ranked.sets.map(({ name, direction, absent }) => [name, direction, absent])).toEqual([
    ['target', 'en2zh', 1],
    ['answers', 'zh2en', 0],
    ['same', 'zh', 0],
    ['silent', 'en', 1],
  ]);
});

it('leaves out queries and sets that nothing answers', async () => {
  const sets = [
    { name: 'empty', cases: [query('1', [])] },
    { name: 'mixed', cases: [query('2', []), query('3', ['a'])] },
  ];
  const ranked = await rankQueries(sets, systems, all);
  expect(ranked.sets.map(({ name, of, ids }) => ({ name, of, ids }))).toEqual([
    { name: 'mixed', of: 1, ids: ['3'] },
  ]);
});

it('takes the same sample each time, and the halves that the whole set gives', async () => {
  const cases = Array.from({ length: 50 }, (_, i) => query(`${i}`, [`r${i}`]));
  const run = async (sample: number) =>
    (await rankQueries([{ name: 'many', cases }], systems, { sample, languages })).sets[0]!;
  const [first, again, whole] = [await run(20), await run(20), await run(50)];
  expect(first.ids).toEqual(again.ids);
  expect([first.of, new Set(first.ids).size]).toEqual([50, 20]);
  expect(first.ids.map(id => whole.halves[whole.ids.indexOf(id)])).toEqual(first.halves);
});

it('times the product alone', async () => {
  const slow: RankingSystem = {
    id: 'bm25',
    rank: () => new Promise(resolve => setTimeout(resolve, 300, [])),
  };
  const ranked = await rankQueries(
    [{ name: 'one', cases: [query('1', ['a'])] }],
    [system('zhujiao', ['a']), slow],
    all,
  );
  expect(ranked.milliseconds.p99).toBeLessThan(300);
});
