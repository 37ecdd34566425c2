/** A figure with its 95% interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Scores of two systems for the same queries, in the same order. */
export interface PairedScores {
  system: readonly number[];
  baseline: readonly number[];
}

/** What resampling says of a system beside a baseline; all of it rests on the same resamples. */
export interface Comparison {
  queries: number;
  system: Estimate;
  baseline: Estimate;
  /** Mean of the system less that of the baseline. */
  difference: Estimate;
  /** Mean of the system over that of the baseline; null where the baseline scores nothing. */
  ratio: Estimate | null;
  /** Two-sided: how often chance alone would give a difference as far from zero. */
  p: number;
}

const RESAMPLES = 2000;
const SEED = 20_260_101;
const TAIL = 0.025;

/**
 * Compares two systems query by query (paired bootstrap, percentile intervals; Efron and Tibshirani 1993, chapters 13
 * and 16). Over several query sets every set counts the same, whatever its size: means are means of the sets' means,
 * and each set is resampled by itself. The same scores always give the same result.
 * @param sets at least one, none of them empty
 */
export function comparePaired(sets: readonly PairedScores[]): Comparison {
  const random = createRandom(SEED);
  const meansOf = (pick: (scores: PairedScores) => readonly number[]) =>
    mean(sets.map(set => mean(pick(set))));
  const system = meansOf(set => set.system);
  const baseline = meansOf(set => set.baseline);
  const drawn = Array.from({ length: RESAMPLES }, () => resample(sets, random));
  const differences = drawn.map(draw => draw.system - draw.baseline);
  return {
    queries: sets.reduce((sum, set) => sum + set.system.length, 0),
    system: estimate(
      system,
      drawn.map(draw => draw.system),
    ),
    baseline: estimate(
      baseline,
      drawn.map(draw => draw.baseline),
    ),
    difference: estimate(system - baseline, differences),
    ratio:
      baseline === 0
        ? null
        : estimate(
            system / baseline,
            drawn.map(draw => ratioOf(draw)),
          ),
    p: twoSided(differences),
  };
}

/** Whether the interval of the difference leaves out zero, and on which side. */
export function verdictOf({ difference }: Pick<Comparison, 'difference'>): 'better' | 'worse' | 'unclear' {
  if (difference.low > 0) return 'better';
  return difference.high < 0 ? 'worse' : 'unclear';
}

/** The means of one resample: as many queries of each set as it has, drawn with replacement, pairs kept together. */
function resample(sets: readonly PairedScores[], random: () => number) {
  let systems = 0;
  let baselines = 0;
  for (const { system, baseline } of sets) {
    const n = system.length;
    let own = 0;
    let other = 0;
    for (let i = 0; i < n; i++) {
      const at = Math.floor(random() * n);
      own += system[at]!;
      other += baseline[at]!;
    }
    systems += own / n;
    baselines += other / n;
  }
  return { system: systems / sets.length, baseline: baselines / sets.length };
}

/** Where a resample has nothing to divide by, the system is as good (both nothing) or beyond measure. */
function ratioOf({ system, baseline }: { system: number; baseline: number }): number {
  if (baseline > 0) return system / baseline;
  return system > 0 ? Number.POSITIVE_INFINITY : 1;
}

function estimate(value: number, drawn: number[]): Estimate {
  const sorted = Float64Array.from(drawn).sort();
  return { value, low: quantile(sorted, TAIL), high: quantile(sorted, 1 - TAIL) };
}

/** Twice the smaller tail beyond zero; one is added so that no finite number of resamples claims certainty. */
function twoSided(differences: number[]): number {
  const atMost = differences.filter(difference => difference <= 0).length;
  const atLeast = differences.filter(difference => difference >= 0).length;
  return Math.min(1, (2 * (Math.min(atMost, atLeast) + 1)) / (differences.length + 1));
}

/** The quantile of ascending numbers by linear interpolation between neighbours (R's type 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below === above ? below : below + (at - Math.floor(at)) * (above - below);
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Numbers in [0, 1), the same sequence for the same seed (mulberry32, Tommy Ettinger's 32-bit generator). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
