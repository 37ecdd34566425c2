import { expect, it } from 'vitest';
import { createBaseline, tokensOf } from './baseline-bm25.ts';

it('reads Latin words without their plural and Han in pairs', () => {
  expect(tokensOf('The Glasses, gas and 3 cells: 光合作用 与 O2')).toEqual([
    'the',
    'glasse',
    'gas',
    'and',
    '3',
    'cell',
    '光合',
    '合作',
    '作用',
    '与',
    'o2',
  ]);
  expect(tokensOf('class press')).toEqual(['class', 'press']);
});

const resource = (id: string, title: string, text: string, language = 'en') => ({
  id,
  language,
  title,
  text,
});

it('scores by the formula', () => {
  const baseline = createBaseline();
  // Lengths with the title twice: a 2 + 2, b 2 + 6; average 6. "moon" is in both, twice in a's title, once in b.
  baseline.add(resource('a', 'moon', 'far away'));
  baseline.add(resource('b', 'sun', 'the moon is far far away'));
  // One word, so that order alone tells: a (2 in a short text) before b (1 in a long one).
  expect(baseline.rank('moon', 10)).toEqual(['a', 'b']);
  // "far": a 1 of length 4 gives 2.2 / (1 + 0.9) = 1.158; b 2 of 8 gives 4.4 / (2 + 1.5) = 1.257.
  expect(baseline.rank('far', 10)).toEqual(['b', 'a']);
  // "sun far": only b has the sun. "moon moon far": the repeated word counts twice, idf is the same for both words,
  // a 2 * 4.4 / 2.9 + 1.158 = 4.19, b 2 * 2.2 / 2.5 + 1.257 = 3.02.
  expect(baseline.rank('sun far', 1)).toEqual(['b']);
  expect(baseline.rank('moon moon far', 10)).toEqual(['a', 'b']);
  expect(baseline.rank('planet', 10)).toEqual([]);
});

it('leaves out the other language where one is asked for', () => {
  const baseline = createBaseline();
  baseline.add(resource('zh', 'Python 入门', '变量', 'zh-Hant'));
  baseline.add(resource('en', 'Python', 'variables'));
  expect(baseline.rank('python', 10, 'zh')).toEqual(['zh']);
  expect(baseline.rank('python', 10, 'en')).toEqual(['en']);
  expect(baseline.rank('python', 10).sort()).toEqual(['en', 'zh']);
});
