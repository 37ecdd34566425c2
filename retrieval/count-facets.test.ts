import { beforeAll, expect, it } from 'vitest';
import type { NearestFilters } from '../library/nearest-passages.ts';
import { createAnalyser } from './analysis.ts';
import { countFacets } from './count-facets.ts';
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts';

let index: LexicalIndex;

const RESOURCES = [
  ['a', 'zh', 'junior', 'biology', 'lesson'],
  ['b', 'zh-Hant', 'senior', 'biology', 'lesson'],
  ['c', 'zh', 'senior', 'biology', 'course'],
  ['d', 'zh', 'senior', null, null],
  ['hidden', 'zh', 'higher', 'secrets', 'lesson'],
] as const;

beforeAll(async () => {
  index = createLexicalIndex({ analyser: await createAnalyser(), translate: () => [] });
  for (const [i, [id, language, stage, subject, type]] of RESOURCES.entries()) {
    const described = { language, stage, subject, type };
    await index.add(
      { id, versionId: `${i}`, ...described, group: i },
      {
        title: id,
        description: null,
        passageCount: 1,
        passages: [{ id: i, heading: [], text: '光合作用在叶绿体中进行。' }],
      },
    );
  }
});

const count = (filters: NearestFilters) =>
  countFacets(index, { query: '光合作用', filters }, async ids => new Set(ids.filter(id => id !== 'hidden')));

it('counts what is found, the most frequent first, without what the asker may not see', async () => {
  const { stage, subject, type, language } = await count({});
  expect(stage).toEqual({
    found: 4,
    values: [
      { value: 'senior', count: 3 },
      { value: 'junior', count: 1 },
    ],
  });
  expect(subject.values).toEqual([{ value: 'biology', count: 3 }]);
  expect(type.values.map(({ value }) => value)).toEqual(['lesson', 'course']);
  expect(language.values).toEqual([{ value: 'zh', count: 4 }]);
});

it('leaves a dimension’s own filter out, so that its other values stay to be chosen', async () => {
  const { stage, type } = await count({ stage: 'junior' });
  expect(stage.values).toHaveLength(2);
  expect(type.values).toEqual([{ value: 'lesson', count: 1 }]);
});

it('tells for each filter what taking it away would bring', async () => {
  const { stage, type, subject } = await count({ stage: 'junior', type: 'course' });
  expect({ stage: stage.found, type: type.found, subject: subject.found }).toEqual({
    stage: 1,
    type: 1,
    subject: 0,
  });
});
