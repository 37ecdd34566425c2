import { describe, expect, it } from 'vitest';
import { OFFLINE_SPACE } from '../models/offline-embedder.ts';
import { fuse } from './fusion.ts';
import type { RankedResource } from './lexical-index.ts';
import { RANKING_WEIGHTS } from './ranking-weights.ts';

const hit = (id: string, score: number, group = 0): RankedResource => ({
  resource: { id, versionId: id, language: 'en', stage: null, subject: null, type: null, group },
  score,
  resourceScore: score / 2,
  passages: [{ passageId: Number(id), score: score / 2 }],
});
const near = (id: string, cosine: number) => ({ resourceId: id, passageId: Number(id), cosine });
const ranked = (candidates: ReturnType<typeof fuse>) =>
  [...candidates].sort((a, b) => b.score - a.score).map(({ resourceId }) => resourceId);

const offline = { space: OFFLINE_SPACE, weights: RANKING_WEIGHTS, passages: 3 };
const model = { ...offline, space: { model: 'some-model', dimensions: 3, preprocessing: '1' } };

describe('fusion', () => {
  it('lets vectors made of words decide between near equals, and never add what shares no word', () => {
    const hits = [hit('1', 10, 1), hit('2', 9.8, 2), hit('3', 5, 3)];
    expect(ranked(fuse(hits, [], offline))).toEqual(['1', '2', '3']);
    expect(ranked(fuse(hits, [near('2', 0.5), near('3', 0.9), near('4', 0.9)], offline))).toEqual([
      '2',
      '1',
      '3',
    ]);
  });

  it('takes what only a model finds', () => {
    const found = fuse([hit('1', 10)], [near('4', 0.9), near('1', 0.2)], model);
    expect(ranked(found)).toEqual(['1', '4']);
    expect(found.find(({ resourceId }) => resourceId === '4')?.passages).toEqual([
      { passageId: 4, score: 0.9 },
    ]);
    expect(ranked(fuse([], [near('4', 0.9), near('5', 0.95)], model))).toEqual(['5', '4']);
  });

  it('prefers the resource whose chapter fits as a whole', () => {
    const alone = hit('1', 10, 1);
    const chapter = [hit('2', 9.9, 2), hit('3', 9, 2), hit('4', 9, 2)];
    expect(ranked(fuse([alone, ...chapter], [], offline))[0]).toBe('2');
    expect(
      ranked(fuse([alone, ...chapter.map(({ resource }, i) => hit(resource.id, 5 - i, 2))], [], offline))[0],
    ).toBe('1');
  });

  it('has nothing to say of nothing', () => {
    expect(fuse([], [], offline)).toEqual([]);
  });
});
