import { expect, it } from 'vitest';
import { meanScore, scoreRanking } from './metrics.ts';

const relevant = (...ids: string[]) => new Map(ids.map(id => [id, 1]));

it('scores by rank: second place is worth 1 / log2(3)', () => {
  expect(scoreRanking(['x', 'a'], relevant('a'))).toEqual({
    ndcg10: 1 / Math.log2(3),
    recall10: 1,
    mrr: 0.5,
  });
});

it('weighs grades and compares with the best order', () => {
  const grades = new Map([
    ['a', 2],
    ['b', 1],
  ]);
  expect(scoreRanking(['a', 'b'], grades).ndcg10).toBe(1);
  expect(scoreRanking(['b', 'a'], grades).ndcg10).toBeCloseTo(
    (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)),
    10,
  );
});

it('gives what a hand gives: grades 3, 2, 1, of which the second best stands first and the best third', () => {
  const grades = new Map([
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ]);
  // Gains 7, 3, 1; discounts 1, 1.58496, 2. DCG 3 + 7 / 2 = 6.5; at best 7 + 3 / 1.58496 + 1 / 2 = 9.39279.
  expect(scoreRanking(['b', 'x', 'a'], grades).ndcg10).toBeCloseTo(0.692, 4);
  // The only relevant one in tenth place: 1 / log2(11).
  const tenth = [...Array.from({ length: 9 }, (_, i) => `x${i}`), 'a'];
  expect(scoreRanking(tenth, relevant('a')).ndcg10).toBeCloseTo(0.28906, 5);
});

it('looks at ten places for gain and recall, at all for the reciprocal rank', () => {
  const ranked = [...Array.from({ length: 11 }, (_, i) => `x${i}`), 'a'];
  expect(scoreRanking(ranked, relevant('a'))).toEqual({ ndcg10: 0, recall10: 0, mrr: 1 / 12 });
  const many = Array.from({ length: 20 }, (_, i) => `r${i}`);
  expect(scoreRanking(many, relevant(...many))).toEqual({ ndcg10: 1, recall10: 1, mrr: 1 });
});

it('gives nothing for nothing, and averages', () => {
  const none = scoreRanking([], relevant('a'));
  expect(none).toEqual({ ndcg10: 0, recall10: 0, mrr: 0 });
  expect(meanScore([none, scoreRanking(['a'], relevant('a'))])).toEqual({
    ndcg10: 0.5,
    recall10: 0.5,
    mrr: 0.5,
    n: 2,
  });
});
