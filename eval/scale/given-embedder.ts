import type { Database } from '../../library/db.ts';
import type { Embedder, EmbedderSpace } from '../../models/embedder.ts';
import { onlyEmbedders } from '../../models/testing/only-embedders.ts';
import { createAnalyser } from '../../retrieval/analysis.ts';
import { openRetrieval } from '../../retrieval/open-retrieval.ts';
import { openDictionary } from '../../retrieval/translation/dictionary.ts';
import { createTranslator } from '../../retrieval/translation/translate.ts';
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
    local: true,
    async embed(texts) {
      return texts.map(text => {
        const vector = vectors.get(text);
        if (!vector) throw new Error(`There is no vector for "${text}".`);
        return vector;
      });
    },
  };
}

/** Search as a server has it, with this embedder; a search without its vectors would be another one, so it fails. */
export async function openGivenRetrieval(database: Database, embedder: Embedder, folder: string) {
  const analyser = await createAnalyser();
  return openRetrieval({
    database,
    analyser,
    translate: createTranslator(analyser, await openDictionary(analyser)),
    embedders: onlyEmbedders(embedder),
    folder,
    isBusy: () => false,
    report: error => console.error(error.message),
    onSpace: () => undefined,
    onLost: failSearch,
  });
}

export function failSearch(part: string, error: unknown): never {
  throw new Error(`A search lost its ${part}.`, { cause: error });
}
