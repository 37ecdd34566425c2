import { expect, it } from 'vitest';
import { summarise } from './retrieval-results.ts';
import { resultsOf } from './testing/results.ts';

it('counts every set the same, and keeps directions apart', () => {
  const { groups } = summarise(
    resultsOf([
      { name: 'long', direction: 'zh', ndcg10: { zhujiao: [1, 1, 1, 1], bm25: [0.5, 0.5, 0.5, 0.5] } },
      { name: 'short', direction: 'en', ndcg10: { zhujiao: [0.2], bm25: [0.5] } },
      { name: 'far', direction: 'zh2en', ndcg10: { zhujiao: [0.6], bm25: [0.2] } },
    ]),
  );
  expect(groups.within?.ratio?.value).toBeCloseTo(0.6 / 0.5, 12);
  expect(groups.across?.ratio?.value).toBeCloseTo(3, 12);
  expect(groups.all?.ratio?.value).toBeCloseTo((1 + 0.2 + 0.6) / (0.5 + 0.5 + 0.2), 12);
  expect(groups.all?.queries).toBe(6);
});

it('compares each half by its own queries', () => {
  const { halves } = summarise(
    resultsOf([
      {
        name: 'some',
        direction: 'en',
        halves: ['tuning', 'held-out', 'tuning'],
        ndcg10: { zhujiao: [0.9, 0.3, 0.7], bm25: [0.4, 0.3, 0.4] },
      },
      { name: 'tuned', direction: 'en', halves: ['tuning'], ndcg10: { zhujiao: [1], bm25: [1] } },
    ]),
  );
  expect(halves.tuning.within?.ratio?.value).toBeCloseTo((0.8 + 1) / (0.4 + 1), 12);
  expect(halves['held-out'].within).toMatchObject({ queries: 1, ratio: { value: 1 } });
  expect(halves['held-out'].across).toBeNull();
});

it('sets an ablation beside the whole product', () => {
  const { ablations } = summarise({
    ...resultsOf([
      {
        name: 'some',
        direction: 'en',
        ndcg10: { zhujiao: [0.8, 0.4], bm25: [0.1, 0.1], less: [0.4, 0.2] },
      },
    ]),
    ablations: [{ id: 'less', name: { zh: '少一点', en: 'with less' } }],
  });
  expect(ablations[0]?.groups.within?.ratio?.value).toBeCloseTo(0.5, 12);
  expect(ablations[0]?.groups.within?.ratio?.high).toBeCloseTo(0.5, 12);
});
