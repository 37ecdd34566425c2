import { basename } from 'node:path';
import { parsePayload } from '../ingestion/parse/parse-payload.ts';
import { readSources } from '../ingestion/sources.ts';
import { splitPassages } from '../ingestion/split.ts';
import { AppError } from '../library/errors.ts';
import { embeddingText } from '../library/passages.ts';
import type { Embedder } from '../models/embedder.ts';
import { createOfflineEmbedder } from '../models/offline-embedder.ts';
import { type Analyser, createAnalyser } from '../retrieval/analysis.ts';
import { createFlatVectors } from '../retrieval/flat-vectors.ts';
import { indexedOf } from '../retrieval/index-sync.ts';
import { familyOf, type LanguageFamily } from '../retrieval/language.ts';
import { createLexicalIndex, type LexicalIndex } from '../retrieval/lexical-index.ts';
import { openDictionary } from '../retrieval/translation/dictionary.ts';
import { createTranslator, type Translate } from '../retrieval/translation/translate.ts';
import type { VectorLeg } from '../retrieval/vector-leg.ts';
import { createBaseline } from './baseline-bm25.ts';

/** A library in memory, with all that ranks it. */
export interface OpenLibrary {
  analyser: Analyser;
  translate: Translate;
  index: LexicalIndex;
  embedder: Embedder;
  vectorLeg: VectorLeg;
  baseline: ReturnType<typeof createBaseline>;
  /** Family of the language of every resource, by its id. */
  languages: Map<string, LanguageFamily>;
  passages: number;
  /** What could not be read, as ingestion would name it. */
  faults: { place: string; reason: string }[];
}

/**
 * Reads files and folders into the index, the offline vectors and the baseline with the product's own parsing and
 * splitting, without a database.
 * @throws AppError `not-found` for a path that does not exist.
 */
export async function openLibrary(
  paths: string[],
  onProgress: (resources: number) => void = () => undefined,
): Promise<OpenLibrary> {
  const analyser = await createAnalyser();
  const translate = createTranslator(analyser, await openDictionary(analyser));
  const index = createLexicalIndex({ analyser, translate });
  const embedder = createOfflineEmbedder(analyser.terms);
  const flat = createFlatVectors(embedder.space.dimensions);
  const baseline = createBaseline();
  const languages = new Map<string, LanguageFamily>();
  const faults: OpenLibrary['faults'] = [];
  let passageId = 0;

  async function add(place: string, id: string, payload: string): Promise<void> {
    const { input, sections } = parsePayload(payload);
    const { title, description = null, language, stage = null, subject = null, type = null, text } = input;
    const passages = splitPassages(sections, language).map(passage => ({ ...passage, id: ++passageId }));
    const version = { title, description, language, stage, subject, type, passageCount: passages.length };
    // A line of a manifest is named file:number; the file stands for the source of what names none.
    const source = input.source ?? basename(place).replace(/:\d+$/, '');
    const resource = indexedOf({ ...version, source, resourceId: id, versionId: id });
    const vectors = await embedder.embed(passages.map(passage => embeddingText(title, passage)));
    flat.add(
      resource,
      vectors.map((vector, i) => ({ vector, passageId: passages[i]!.id })),
    );
    await index.add(resource, { ...version, passages });
    baseline.add({ id, language, title, text });
    languages.set(id, familyOf(language));
  }

  for await (const entry of await readSources(paths)) {
    if ('skipped' in entry || 'leftOut' in entry) continue;
    if (!('payload' in entry)) {
      faults.push(entry);
      continue;
    }
    try {
      await add(entry.place, entry.resourceId, entry.payload);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push({ place: entry.place, reason: error.message });
    }
    onProgress(languages.size);
  }
  const vectorLeg: VectorLeg = {
    compare: flat.compare,
    search: async (vector, { limit, accept }) => flat.search(vector, limit, accept),
  };
  return {
    ...{ analyser, translate, index, embedder, vectorLeg, baseline },
    ...{ languages, passages: passageId, faults },
  };
}
