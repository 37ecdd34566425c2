import type { Embedder, EmbedderSpace } from './embedder.ts';
import { createSideCircuit } from './side-circuit.ts';

/** What a search waits for a vector at most; endpoints take a tenth or two of a second. */
const DEADLINE_MS = 1_500;

/** Turns queries into vectors, or fails quickly: a search goes on without. */
export interface QueryEmbedder {
  space: EmbedderSpace;
  /** @throws AppError when the embedder is down, late, or not to be had */
  embedQuery(query: string): Promise<Float32Array>;
}

/** An embedder for searches: one attempt with a deadline, none while its endpoint is down. */
export function createQueryEmbedder(embedder: Embedder): QueryEmbedder {
  const { space } = embedder;
  const call = createSideCircuit(`The embedding model "${space.model}"`, DEADLINE_MS);
  return {
    space,
    async embedQuery(query) {
      const [vector] = embedder.local
        ? await embedder.embed([query])
        : await call(signal => embedder.embed([query], signal, 1));
      return vector!;
    },
  };
}
