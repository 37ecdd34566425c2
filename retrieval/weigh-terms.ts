import type { QueryTerm } from './query-terms.ts';

/** Numbers of resources or passages in which a term occurs, and of all there are. */
export interface Frequency {
  count: number;
  of: number;
}

/**
 * How much a term of this frequency tells: BM25's ln(1 + (N - n + 0.5) / (n + 0.5)). While a resource is being added its
 * terms are counted before it is, so `count` may be the larger for a moment.
 */
export function inverseFrequency({ count, of }: Frequency): number {
  return Math.log(1 + (Math.max(of, count) - count + 0.5) / (count + 0.5));
}

/** Weight of a query's term before saturation. */
export function termWeight({ weight, rarity }: QueryTerm, frequency: Frequency): number {
  return weight * inverseFrequency(frequency) ** rarity;
}

/** BM25's saturation and length normalisation. */
export interface Bm25 {
  k1: number;
  b: number;
}

/** Whether a query is an exercise: it has formulas, or three numbers and more. */
export function isExercise(query: string): boolean {
  return /\$|\\[a-z]/i.test(query) || (query.match(/\d+(?:\.\d+)?/g)?.length ?? 0) >= 3;
}
