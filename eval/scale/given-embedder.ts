import type { Embedder, EmbedderSpace } from '../../models/embedder.ts';
import type { SyntheticQuery } from './synthetic-library.ts';

/** The space of synthetic vectors. */
export const syntheticSpace = (dimensions: number): EmbedderSpace => ({
  model: 'synthetic',
  dimensions,
  preprocessing: 'none',
});

/** An embedder that knows the vectors of these queries beforehand: what a model takes is not measured. */
export function createGivenEmbedder(space: EmbedderSpace, queries: SyntheticQuery[]): Embedder {
  const vectors = new Map(queries.map(({ text, vector }) => [text, vector]));
  return {
    space,
    async embed(texts) {
      return texts.map(text => {
        const vector = vectors.get(text);
        if (!vector) throw new Error(`There is no vector for "${text}".`);
        return vector;
      });
    },
  };
}
