import type { Embedder, EmbedderSpace } from './embedder.ts';

/** A term of a text: a well-mixed 53-bit key, and how much the term counts. */
export interface WeighedKey {
  key: number;
  weight: number;
}

/** Raise `preprocessing` whenever the same text would give another vector. */
export const OFFLINE_SPACE: EmbedderSpace = { model: 'offline', dimensions: 256, preprocessing: '1' };

/**
 * An embedder without a model: every term adds to two dimensions with signs of its own (feature hashing, Weinberger et
 * al. 2009). Deterministic, Chinese and English alike; it knows only what the words say. `keysOf` gives the terms of a
 * text, repeated as often as they stand there.
 */
export function createOfflineEmbedder(keysOf: (text: string) => Iterable<WeighedKey>): Embedder {
  return {
    space: OFFLINE_SPACE,
    embed: async texts => texts.map(text => embedText(keysOf(text))),
  };
}

function embedText(keys: Iterable<WeighedKey>): Float32Array {
  const counts = new Map<number, { weight: number; count: number }>();
  for (const { key, weight } of keys) {
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { weight, count: 1 });
  }
  const vector = new Float32Array(OFFLINE_SPACE.dimensions);
  for (const [key, { weight, count }] of counts) {
    // The second mention of a term tells less than the first.
    const value = weight * (1 + Math.log(count));
    const low = key | 0;
    const high = Math.trunc(key / 4_294_967_296);
    vector[low & 255]! += low & 256 ? value : -value;
    vector[high & 255]! += high & 256 ? value : -value;
  }
  return toUnitLength(vector);
}

/** Scales a vector to length 1 in place; all zero stays so. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) return vector;
  const scale = 1 / Math.sqrt(sum);
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  return vector;
}
