import type { Logger } from 'pino';
import { readIdentity } from '../library/changes.ts';
import type { Config } from '../library/config.ts';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import { type EmbeddingSpace, liveSpace } from '../library/spaces.ts';
import type { Embedder } from '../models/embedder.ts';
import { createOfflineEmbedder } from '../models/offline-embedder.ts';
import { createOpenAIEmbedder } from '../models/openai-embedder.ts';
import type { Analyser } from '../retrieval/analysis.ts';
import { createFlatVectors } from '../retrieval/flat-vectors.ts';
import { loadIndex, saveIndex } from '../retrieval/index-snapshot.ts';
import { createIndexSync } from '../retrieval/index-sync.ts';
import { createLexicalIndex, type LexicalIndex } from '../retrieval/lexical-index.ts';
import { createSearcher, type Searcher } from '../retrieval/search.ts';
import { createVectorLeg } from '../retrieval/vector-leg.ts';

/** The embedder that the settings name, else the offline one. */
export async function createEmbedder(config: Config, analyser: Analyser): Promise<Embedder> {
  return config.embedding ? createOpenAIEmbedder(config.embedding) : createOfflineEmbedder(analyser.terms);
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

/** How often a changed index is written beside the database, so that a start after a crash need not build it anew. */
const SAVE_MS = 60_000;

/**
 * Opens the index, from its snapshot in `folder` where that fits, and keeps it in step with the library from then on.
 * Without a folder (servers) it is built from the rows.
 */
export async function openRetrieval(
  parts: { database: Database; analyser: Analyser; embedder: Embedder; isBusy: () => boolean },
  folder: string | undefined,
  log: Logger,
): Promise<Retrieval> {
  const { database, analyser, embedder, isBusy } = parts;
  const space = await liveSpace(database.db, embedder.space);
  if (database.kind === 'postgres') await ensureVectorIndex(database.db, space);
  const path = folder && `${folder}/search-index`;
  const key = { identity: await readIdentity(database.db), spaceId: space.id };
  const snapshot = path ? await loadIndex(path, key) : undefined;
  const index = createLexicalIndex(analyser, snapshot?.lexical, isBusy);
  const flat = createFlatVectors(space.dimensions, snapshot?.vectors ?? undefined);
  const report = (error: Error) => log.error({ err: error }, 'the search index: it tries again');
  const sync = createIndexSync({
    db: database.db,
    index,
    vectors: database.kind === 'pglite' ? { flat, space } : null,
    position: snapshot?.position ?? '0',
    report,
  });
  let saved = 0;
  const save = async () => {
    const changes = sync.changes();
    if (!path || changes === saved) return;
    const position = sync.position();
    await saveIndex(path, key, { position, lexical: await index.exportContent(), vectors: flat.content() });
    saved = changes;
  };
  const ready = sync.catchUp().then(() => sync.start());
  const timer = setInterval(() => void save().catch(report), SAVE_MS);
  const vectorLeg = createVectorLeg(database, space, flat);
  const searcher = createSearcher({ db: database.readDb, index, embedder, vectorLeg });
  return {
    searcher,
    index,
    space,
    ready,
    async close() {
      clearInterval(timer);
      await sync.close();
      await save();
    },
  };
}
