/** A text with a vector that it got before. */
export interface EmbeddedSample {
  text: string;
  vector: ArrayLike<number>;
}

/** Endpoints give the same text nearly the same vector twice; another model, or the text of another passage, gives less. */
const SAME_COSINE = 0.99;

/** Those of a sample whose vectors are not the ones that their texts get now. */
export function findUnlike<Sample extends EmbeddedSample>(sample: Sample[], now: Float32Array[]): Sample[] {
  return sample.filter(({ vector }, i) => cosineOf(vector, now[i]!) < SAME_COSINE);
}

/** 1 for two vectors that are all zero: the text has no content, and both say so. */
function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  if (squareA === 0 || squareB === 0) return squareA === squareB ? 1 : 0;
  return dot / Math.sqrt(squareA * squareB);
}
