/**
 * Terms are kept as 53-bit hashes (exact in a double), not as strings: some 3 million different terms of a
 * 20,000-resource library take 24 MB so, and two of them collide with a chance of 1 in 2,000.
 */

/** Spreads the 32 bits of `x` over all bits; a bijection (the finaliser of MurmurHash3). */
export function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** One 53-bit key from 32 + 32 bits, of which the upper 11 of `high` are dropped. */
export function joinKey(high: number, low: number): number {
  return (high & 0x1fffff) * 4_294_967_296 + (low >>> 0);
}

/** Key of a pair of code units (or of one, with `second` 0) in the space of `seed`. */
export function pairKey(first: number, second: number, seed: number): number {
  const packed = (first << 16) | second;
  return joinKey(mix(packed ^ Math.imul(seed, 0x9e3779b1)), mix(packed + seed));
}

/** Key of a string in the space of `seed`. */
export function textKey(text: string, seed: number): number {
  let high = Math.imul(seed, 0x9e3779b1);
  let low = seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low + unit, 0x5bd1e995) ^ (low >>> 15);
  }
  return joinKey(mix(high ^ text.length), mix(low));
}

/** Key of two keys in their order. */
export function chainKey(first: number, second: number): number {
  const high = Math.imul(first / 4_294_967_296, 0x9e3779b1) + Math.trunc(second / 4_294_967_296);
  const low = Math.imul(first | 0, 0x85ebca6b) + (second | 0);
  return joinKey(mix(high ^ low), mix(low + Math.imul(high, 0x27d4eb2f)));
}
