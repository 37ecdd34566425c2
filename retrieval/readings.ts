import type { LexicalHit, LexicalResult } from './lexical-search.ts';

/** One way to understand a query: in its own language, translated, or word for word among texts of another language. */
export interface Reading extends LexicalResult {
  /** What a hit of this reading counts beside one in the query's own language. */
  worth(slot: number): number;
}

/**
 * Every resource by the reading in which it scores best, best first, ties in order of their slots. Each reading adds up
 * to a sum of its own, so all are brought to shares of what a perfect text would score; `ceiling` is the scale.
 */
export function bestOfReadings(readings: readonly Reading[]): LexicalResult {
  const ceiling = Math.max(0, ...readings.map(reading => reading.ceiling));
  const best = new Map<number, LexicalHit>();
  for (const { hits, worth, ceiling: own } of readings) {
    for (const hit of hits) {
      const found = scaled(hit, (worth(hit.slot) * ceiling) / Math.max(own, 1e-9));
      if (found.score > (best.get(hit.slot)?.score ?? 0)) best.set(hit.slot, found);
    }
  }
  return { hits: [...best.values()].sort((a, b) => b.score - a.score || a.slot - b.slot), ceiling };
}

/** What the last of `limit` hits scores, as a share of a perfect text; 0 where there are fewer. */
export function leastShare({ hits, ceiling }: LexicalResult, limit: number): number {
  return hits.length < limit ? 0 : (hits.at(-1)?.score ?? 0) / Math.max(ceiling, 1e-9);
}

function scaled(hit: LexicalHit, factor: number): LexicalHit {
  return {
    slot: hit.slot,
    score: hit.score * factor,
    resourceScore: hit.resourceScore * factor,
    passages: hit.passages.map(({ passageId, score }) => ({ passageId, score: score * factor })),
  };
}
