import type { Logger } from 'pino';
import type { Config } from '../library/config.ts';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import { type EmbeddingSpace, liveSpace } from '../library/spaces.ts';
import type { Embedder } from '../models/embedder.ts';
import { createOfflineEmbedder } from '../models/offline-embedder.ts';
import { createOpenAIEmbedder } from '../models/openai-embedder.ts';
import type { Analyser } from '../retrieval/analysis.ts';
import { createFlatVectors } from '../retrieval/flat-vectors.ts';
import { createIndexSync } from '../retrieval/index-sync.ts';
import { createLexicalIndex, type LexicalIndex } from '../retrieval/lexical-index.ts';
import { createSearcher, type Searcher } from '../retrieval/search.ts';
import { embeddedTerms } from '../retrieval/text-tools.ts';
import { createVectorLeg } from '../retrieval/vector-leg.ts';

/** The embedder that the settings name, else the offline one. */
export function createEmbedder(config: Config, analyser: Analyser): Embedder {
  return config.embedding
    ? createOpenAIEmbedder(config.embedding)
    : createOfflineEmbedder(text => embeddedTerms(analyser, text));
}

/** Search as this process has it. */
export interface Retrieval {
  searcher: Searcher;
  index: LexicalIndex;
  space: EmbeddingSpace;
  /** Resolves when the index holds all that was committed when it was opened. */
  ready: Promise<void>;
  close(): Promise<void>;
}

/** Opens the index and keeps it in step with the library from then on. */
export async function openRetrieval(
  { database, analyser, embedder }: { database: Database; analyser: Analyser; embedder: Embedder },
  log: Logger,
): Promise<Retrieval> {
  const space = await liveSpace(database.db, embedder.space);
  if (database.kind === 'postgres') await ensureVectorIndex(database.db, space);
  const index = createLexicalIndex(analyser);
  const flat = createFlatVectors(space.dimensions);
  const sync = createIndexSync({
    db: database.readDb,
    index,
    vectors: database.kind === 'pglite' ? { flat, space } : null,
    position: '0',
    report: error => log.error({ err: error }, 'the index could not catch up; it tries again'),
  });
  const ready = sync.catchUp().then(() => sync.start());
  const vectorLeg = createVectorLeg(database, space, flat);
  const searcher = createSearcher({ db: database.readDb, index, embedder, vectorLeg });
  return { searcher, index, space, ready, close: () => sync.close() };
}
