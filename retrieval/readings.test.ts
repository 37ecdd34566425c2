import { describe, expect, it } from 'vitest';
import { RANKING_WEIGHTS } from './ranking-weights.ts';
import { bestOfReadings, shareAt, worthAcross } from './readings.ts';

const hit = (slot: number, score: number) => ({ slot, score, resourceScore: score, passages: [] });

describe('readings of a query', () => {
  it('give every resource its best share of a perfect text', () => {
    const own = { hits: [hit(1, 40), hit(2, 30)], ceiling: 100, worth: () => 1 };
    const translated = { hits: [hit(2, 9), hit(3, 5)], ceiling: 10, worth: () => 0.5 };
    const { hits, ceiling } = bestOfReadings([own, translated]);
    expect(hits.map(({ slot, score }) => [slot, score])).toEqual([
      [2, 45],
      [1, 40],
      [3, 25],
    ]);
    expect(shareAt({ hits, ceiling }, 1)).toBe(0.45);
    expect(shareAt({ hits, ceiling }, 4)).toBe(0);
  });

  it('count little in another language, unless that alone knows what is asked', () => {
    const worth = (found: number, own: number) => worthAcross(found, own, RANKING_WEIGHTS);
    const { across, acrossAlone } = RANKING_WEIGHTS;
    expect(worth(0.9, 0.6)).toBe(across);
    expect(worth(0.3, 0.3 / acrossAlone.from)).toBeCloseTo(across, 10);
    expect(worth(0.3, 0.3 / acrossAlone.to)).toBe(1);
    expect(worth(0.1, 0)).toBe(1);
    expect(worth(0, 0)).toBe(across);
  });
});
