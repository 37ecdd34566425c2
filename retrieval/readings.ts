import type { LexicalHit, LexicalResult } from './lexical-search.ts';
import type { RankingWeights } from './ranking-weights.ts';

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

/** What the hit at `place` (1 is the best) scores, as a share of a perfect text; 0 where there is none. */
export function shareAt({ hits, ceiling }: LexicalResult, place: number): number {
  return (hits[place - 1]?.score ?? 0) / Math.max(ceiling, 1e-9);
}

/**
 * What translated hits, the best of which has the share `found` of a perfect text, count beside those in the query's own
 * language, the best of which has `own`. Mostly little: what shares words with a question in its own language is likelier
 * meant than what shares translations. All, where the translations fit several times as well: then the library knows the
 * matter in the other language alone.
 */
export function worthAcross(
  found: number,
  own: number,
  { across, acrossAlone }: Pick<RankingWeights, 'across' | 'acrossAlone'>,
): number {
  const surplus = (found / Math.max(own, 1e-9) - acrossAlone.from) / (acrossAlone.to - acrossAlone.from);
  return across + (1 - across) * Math.min(1, Math.max(0, surplus));
}

function scaled(hit: LexicalHit, factor: number): LexicalHit {
  return {
    slot: hit.slot,
    score: hit.score * factor,
    resourceScore: hit.resourceScore * factor,
    passages: hit.passages.map(({ passageId, score }) => ({ passageId, score: score * factor })),
  };
}
