import { describe, expect, it } from 'vitest';
import { comparePaired, createRandom, mean, quantile, verdictOf } from './bootstrap.ts';

const set = (system: number[], baseline: number[]) => ({ system, baseline });
const deviation = (numbers: number[]) =>
  Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean(numbers)) ** 2, 0) / numbers.length);

describe('the paired bootstrap', () => {
  it('has no width where every pair differs alike', () => {
    const { difference, ratio, p } = comparePaired([set([0.6, 0.7, 0.8], [0.5, 0.6, 0.7])]);
    expect(difference.value).toBeCloseTo(0.1, 12);
    expect(difference.low).toBeCloseTo(0.1, 12);
    expect(difference.high).toBeCloseTo(0.1, 12);
    expect(ratio?.value).toBeCloseTo(0.7 / 0.6, 12);
    // None of 2,000 resamples is on the other side: 2 * (0 + 1) / 2001.
    expect(p).toBeCloseTo(2 / 2001, 12);
  });

  it('of two queries draws both ends, each in a quarter of the resamples', () => {
    // Means of a resample: 0 (1/4), 0.5 (1/2), 1 (1/4). The 2.5% and 97.5% quantiles are the ends.
    const { system, difference, p } = comparePaired([set([0, 1], [0.5, 0.5])]);
    expect(system).toEqual({ value: 0.5, low: 0, high: 1 });
    expect(difference).toEqual({ value: 0, low: -0.5, high: 0.5 });
    expect(p).toBe(1);
  });

  it('of a ratio keeps pairs together: each query twice as good makes exactly two', () => {
    const { ratio } = comparePaired([set([0.2, 0.6, 1, 0.4], [0.1, 0.3, 0.5, 0.2])]);
    expect(ratio?.low).toBeCloseTo(2, 12);
    expect(ratio?.high).toBeCloseTo(2, 12);
  });

  it('agrees with the normal interval of a mean: 1.96 deviations over the root of n', () => {
    const random = createRandom(3);
    const baseline = Array.from({ length: 400 }, random);
    const system = baseline.map(score => score + 0.1 * random());
    const { difference, baseline: base } = comparePaired([set(system, baseline)]);
    const differences = system.map((score, i) => score - baseline[i]!);
    const half = (numbers: number[]) => (1.96 * deviation(numbers)) / Math.sqrt(numbers.length);
    expect((difference.high - difference.low) / 2 / half(differences)).toBeCloseTo(1, 1);
    expect((base.high - base.low) / 2 / half(baseline)).toBeCloseTo(1, 1);
  });

  it('agrees with the delta method for a ratio', () => {
    const random = createRandom(4);
    const baseline = Array.from({ length: 500 }, () => 0.3 + 0.4 * random());
    const system = baseline.map(score => score + 0.3 * (random() - 0.3));
    const { ratio } = comparePaired([set(system, baseline)]);
    const r = mean(system) / mean(baseline);
    // Var(x̄ / ȳ) ≈ Var(x - r y) / (n ȳ²): Cochran, Sampling Techniques, 1977, formula 6.4.
    const residuals = system.map((score, i) => score - r * baseline[i]!);
    const half = (1.96 * deviation(residuals)) / Math.sqrt(residuals.length) / mean(baseline);
    expect(ratio?.value).toBeCloseTo(r, 12);
    expect((ratio!.high - ratio!.low) / 2 / half).toBeCloseTo(1, 1);
  });

  it('covers: of 200 samples without a true difference about 5% are called different', () => {
    const random = createRandom(5);
    const wrong = Array.from({ length: 200 }, () => {
      const scores = Array.from({ length: 50 }, () => [random(), random()] as const);
      return verdictOf(
        comparePaired([
          set(
            scores.map(([a]) => a),
            scores.map(([, b]) => b),
          ),
        ]),
      );
    }).filter(verdict => verdict !== 'unclear').length;
    // Binomial(200, 0.05): mean 10, deviation 3.1. Percentile intervals of 50 pairs are a little narrow.
    expect(wrong).toBeGreaterThan(2);
    expect(wrong).toBeLessThan(22);
  });

  it('counts every set the same, whatever its size', () => {
    const { system, baseline, ratio, queries } = comparePaired([
      set([1], [0.5]),
      set([0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]),
    ]);
    expect([system.value, baseline.value, ratio?.value, queries]).toEqual([0.5, 0.5, 1, 5]);
  });

  it('says nothing of a ratio to nothing, and bounds a ratio to almost nothing', () => {
    expect(comparePaired([set([1, 0], [0, 0])]).ratio).toBeNull();
    expect(comparePaired([set([1, 1], [1, 0])]).ratio?.high).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives the same again', () => {
    const sets = [set([0.1, 0.9, 0.4], [0.2, 0.3, 0.4])];
    expect(comparePaired(sets)).toEqual(comparePaired(sets));
  });
});

it('calls a difference by its interval', () => {
  const of = (low: number, high: number) => verdictOf({ difference: { value: 0, low, high } });
  expect([of(0.01, 0.2), of(-0.2, -0.01), of(-0.1, 0.1), of(0, 0.1)]).toEqual([
    'better',
    'worse',
    'unclear',
    'unclear',
  ]);
});

it('interpolates quantiles', () => {
  expect([0, 0.25, 0.5, 0.9, 1].map(share => quantile([1, 2, 3, 4, 5], share))).toEqual([1, 2, 3, 4.6, 5]);
});

it('draws evenly over the unit interval', () => {
  const random = createRandom(1);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[Math.floor(random() * 10)]++;
  // Chi-square with 9 degrees of freedom stays below 27.9 in 99.9% of true draws.
  expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
});
