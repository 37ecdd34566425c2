/** What a ranking scores for one query. */
export interface RankingScore {
  /** Discounted cumulative gain of the first ten over the best possible (Järvelin and Kekäläinen 2002; gain 2^grade - 1). */
  ndcg10: number;
  /** Relevant resources among the first ten, of at most ten. */
  recall10: number;
  /** Reciprocal rank of the first relevant resource; 0 where there is none. */
  mrr: number;
}

/** Scores ranked resource ids against the grades of the relevant ones (1 where a set does not grade). Pure. */
export function scoreRanking(ranked: string[], grades: Map<string, number>): RankingScore {
  const top = ranked.slice(0, 10);
  const gain = (grade: number, rank: number) => (2 ** grade - 1) / Math.log2(rank + 2);
  const dcg = top.reduce((sum, id, rank) => sum + gain(grades.get(id) ?? 0, rank), 0);
  const ideal = [...grades.values()]
    .sort((a, b) => b - a)
    .slice(0, 10)
    .reduce((sum, grade, rank) => sum + gain(grade, rank), 0);
  const first = ranked.findIndex(id => grades.has(id));
  return {
    ndcg10: ideal === 0 ? 0 : dcg / ideal,
    recall10: top.filter(id => grades.has(id)).length / Math.min(10, Math.max(1, grades.size)),
    mrr: first < 0 ? 0 : 1 / (first + 1),
  };
}

/** The mean of each measure; `n` is the number of queries. */
export function meanScore(scores: RankingScore[]): RankingScore & { n: number } {
  const mean = (name: keyof RankingScore) =>
    scores.reduce((sum, score) => sum + score[name], 0) / Math.max(1, scores.length);
  return { ndcg10: mean('ndcg10'), recall10: mean('recall10'), mrr: mean('mrr'), n: scores.length };
}
