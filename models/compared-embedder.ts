import { AppError } from '../library/errors.ts';
import { describeSpace } from '../library/spaces.ts';
import type { Embedder } from './embedder.ts';
import { type EmbeddedSample, findUnlike } from './same-vectors.ts';

/**
 * An embedder that is used only after it gave some stored texts the vectors that they have: servers of a single model
 * answer to any name, and vectors of two models must not be compared.
 * @throws AppError `model-misbehaved` from every call when they differ
 */
export function createComparedEmbedder(
  embedder: Embedder,
  readSample: () => Promise<EmbeddedSample[]>,
): Embedder {
  let compared: Promise<boolean> | undefined;

  async function compare(signal: AbortSignal | undefined, attempts: number | undefined): Promise<boolean> {
    const sample = await readSample();
    const texts = sample.map(({ text }) => text);
    return findUnlike(sample, await embedder.embed(texts, signal, attempts)).length === 0;
  }

  return {
    ...embedder,
    async embed(texts, signal, attempts) {
      compared ??= compare(signal, attempts).catch(error => {
        // Nobody answered: that says nothing about the model.
        compared = undefined;
        throw error;
      });
      if (await compared) return embedder.embed(texts, signal, attempts);
      throw new AppError(
        'model-misbehaved',
        `The endpoint answers to the name of ${describeSpace(embedder.space)}, but with vectors of another model. Run \`zhujiao reembed\`, or set EMBEDDING_BASE_URL back and restart.`,
      );
    },
  };
}
