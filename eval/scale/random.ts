/** A stream of random numbers that is the same for the same seeds. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from 0 up to `below`. */
  below(below: number): number;
  /** From a normal distribution of mean 0 and deviation 1, to 16 bits of the probability. */
  normal(): number;
  /** One of `items`, each with its share; the shares add up to 1. */
  pick<T>(items: readonly (readonly [item: T, share: number])[]): T;
}

/** Quantiles of the normal distribution: a look-up is several times quicker than a formula. */
const NORMAL = Float32Array.from({ length: 65_536 }, (_, i) => normalQuantile((i + 0.5) / 65_536));

/** sfc32 (Doty-Humphrey, PractRand) seeded by three numbers; the first twelve draws mix the seeds. */
export function createRandom(seed: number, stream: number, item: number): Random {
  let a = seed | 0;
  let b = stream | 0;
  let c = item | 0;
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) draw();
  const next = () => draw() / 2 ** 32;
  return {
    next,
    below: below => Math.floor(next() * below),
    normal: () => NORMAL[draw() >>> 16]!,
    pick(items) {
      let rest = next();
      for (const [item, share] of items) {
        rest -= share;
        if (rest < 0) return item;
      }
      return items.at(-1)![0];
    },
  };
}

/** Inverse of the normal distribution by bisection of its integral (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function normalQuantile(share: number): number {
  let low = -6;
  let high = 6;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalShare(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const sum =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
  return x < 0 ? tail : 1 - tail;
}
