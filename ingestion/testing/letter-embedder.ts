import type { Embedder } from '../../models/embedder.ts';

/** Deterministic vectors that count letters: enough to see that every passage has the vector of its own text. */
export function createLetterEmbedder(model = 'letters'): Embedder {
  return {
    space: { model, dimensions: 8, preprocessing: '1' },
    async embed(texts) {
      return texts.map(letterVector);
    },
  };
}

export function letterVector(text: string): Float32Array {
  const vector = new Float32Array(8);
  for (const letter of text) vector[letter.codePointAt(0)! % 8]! += 1;
  return vector;
}
