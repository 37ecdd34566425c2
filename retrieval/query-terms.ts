import type { Term } from './analysis.ts';
import type { RankingWeights } from './ranking-weights.ts';

/**
 * What a query asks for in one place: a term of the index, or several that stand for the same thing (the translations of
 * a word), each with its share. The frequency of the whole in a text is the sum of the shares times the frequencies
 * (probabilistic structured queries, Darwish and Oard 2003), so a word with many translations counts as one.
 */
export interface QueryTerm {
  parts: readonly QueryPart[];
  /** What it counts beside others, before its rarity. */
  weight: number;
  /** Power of its rarity. */
  rarity: number;
}

export interface QueryPart {
  key: number;
  share: number;
}

/** The terms of a text as they are, for texts of its own language. */
export function queryTerms(
  terms: readonly Term[],
  { kinds, repetition, rarity }: RankingWeights,
): QueryTerm[] {
  return terms.map(({ key, kind, count }) => ({
    parts: [{ key, share: 1 }],
    weight: kinds[kind] * count ** repetition,
    rarity,
  }));
}
