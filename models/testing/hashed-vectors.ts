const DIMENSIONS = 384;

/**
 * Deterministic vectors for a server that plays an embedding model: each pair of neighbouring characters votes for one of
 * 384 dimensions, so that texts are near when they share words. `model` goes into the votes: two models do not agree.
 */
export function hashedVector(text: string, model = ''): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  const seed = hash(model, 2_166_136_261);
  const folded = text.toLowerCase();
  for (let i = 0; i + 1 < folded.length; i++) {
    const votes = hash(folded.slice(i, i + 2), seed);
    vector[votes % DIMENSIONS]! += (votes >>> 16) & 1 ? 1 : -1;
  }
  return vector;
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619) >>> 0;
  return value;
}
