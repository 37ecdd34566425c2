import type { RetrievalResults } from '../retrieval-results.ts';
import type { SetResult } from '../retrieval-run.ts';

/** Results of a run with these sets; recall is given the numbers of nDCG, and every query is held out by default. */
export function resultsOf(
  sets: (Pick<SetResult, 'name' | 'direction' | 'ndcg10'> & Partial<SetResult>)[],
): RetrievalResults {
  return {
    at: '2026-01-02T03:04:05.000Z',
    command: 'zhujiao eval retrieval',
    library: { resources: 1234, passages: 5678, languages: { zh: 1000, en: 234 } },
    sample: null,
    ablations: [],
    milliseconds: { p50: 6.31, p95: 14.2, p99: 31 },
    sets: sets.map(set => {
      const ids = set.ndcg10.zhujiao!.map((_, i) => `${set.name}-${i}`);
      return {
        of: ids.length,
        absent: 0,
        ids,
        halves: ids.map(() => 'held-out' as const),
        recall10: set.ndcg10,
        ...set,
      };
    }),
  };
}
