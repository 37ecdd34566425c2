import type { Logger } from 'pino';
import { readIdentity } from '../library/changes.ts';
import type { Config } from '../library/config.ts';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import { sampleVectors } from '../library/reembedding.ts';
import { describeSpace, type EmbeddingSpace, findSpace } from '../library/spaces.ts';
import type { Embedders } from '../models/embedder.ts';
import { createEmbedders } from '../models/embedders.ts';
import { liveEmbedder } from '../models/live-embedder.ts';
import { createOfflineEmbedder, OFFLINE_SPACE } from '../models/offline-embedder.ts';
import { createQueryEmbedder } from '../models/query-embedder.ts';
import { createReranker } from '../models/reranker.ts';
import type { Analyser } from '../retrieval/analysis.ts';
import { createFlatVectors, type FlatVectors } from '../retrieval/flat-vectors.ts';
import { createSpaceFollower } from '../retrieval/follow-space.ts';
import { loadIndex, saveIndex } from '../retrieval/index-snapshot.ts';
import { createIndexSync } from '../retrieval/index-sync.ts';
import { createLexicalIndex, type LexicalIndex } from '../retrieval/lexical-index.ts';
import { createSearcher, type LostPart, type Searcher } from '../retrieval/search.ts';
import type { Translate } from '../retrieval/translation/translate.ts';
import { createVectorLeg } from '../retrieval/vector-leg.ts';

/** Search as this process has it. */
export interface Retrieval {
  searcher: Searcher;
  index: LexicalIndex;
  /** The space that searches use now. */
  space(): EmbeddingSpace;
  /** Resolves when searches use the space that is live now. */
  followSpace(): Promise<void>;
  /** How often searches did without a part since the start. */
  lost: Record<LostPart, number>;
  /** Resolves when the index holds all that was committed when it was opened. */
  ready: Promise<void>;
  close(): Promise<void>;
}

/** How often a changed index is written beside the database, so that a start after a crash need not build it anew. */
const SAVE_MS = 60_000;
/** An endpoint that is down fails every search; so often it is said. */
const SAY_LOST_MS = 10_000;
/** Stored passages that a model which the settings do not name has to give the same vectors. */
const COMPARED = 4;

/** The embedders that the settings allow. */
export function embeddersOf(config: Config, analyser: Analyser, { db }: Database): Embedders {
  return createEmbedders(config.embedding, createOfflineEmbedder(analyser.terms), async key => {
    const space = await findSpace(db, key);
    return space ? sampleVectors(db, space.id, COMPARED) : [];
  });
}

/**
 * Opens the index, from its snapshot in `folder` where that fits, and keeps it in step with the library from then on.
 * Without a folder (servers) it is built from the rows. Searches use the live space, whatever the settings name.
 */
export async function openRetrieval(
  parts: {
    config: Config;
    database: Database;
    analyser: Analyser;
    translate: Translate;
    embedders: Embedders;
    isBusy: () => boolean;
  },
  folder: string | undefined,
  log: Logger,
): Promise<Retrieval> {
  const { config, database, analyser, translate, embedders, isBusy } = parts;
  const { space } = await liveEmbedder(database.db, embedders);
  warnOfOtherModel(config, space, log);
  if (database.kind === 'postgres') await ensureVectorIndex(database.db, space);
  const path = folder && `${folder}/search-index`;
  const identity = await readIdentity(database.db);
  const snapshot = path ? await loadIndex(path, { identity, spaceId: space.id }) : undefined;
  const index = createLexicalIndex({ analyser, translate }, snapshot?.lexical, isBusy);
  const report = (error: Error) => log.error({ err: error }, 'the search index: it tries again');
  const flatOfFirst = createFlatVectors(space.dimensions, snapshot?.vectors ?? undefined);
  const sync = createIndexSync({
    db: database.db,
    index,
    vectors: database.kind === 'pglite' ? { flat: flatOfFirst, space } : null,
    position: snapshot?.position ?? '0',
    report,
  });
  const opened = (of: EmbeddingSpace, flat: FlatVectors) => ({
    space: of,
    flat,
    embedder: createQueryEmbedder(embedders.of(of)),
    vectorLeg: createVectorLeg(database, of, flat),
  });
  let current = opened(space, flatOfFirst);
  let saved = 0;
  const follower = createSpaceFollower({
    db: database.readDb,
    first: current,
    async open(live) {
      const flat =
        database.kind === 'pglite' ? await sync.loadVectors(live) : createFlatVectors(live.dimensions);
      current = opened(live, flat);
      saved = -1;
      log.info({ model: live.model }, 'searching in another embedding space');
      warnOfOtherModel(config, live, log);
      return current;
    },
    report,
  });
  const save = async () => {
    const changes = sync.changes();
    if (!path || changes === saved) return;
    const { space: of, flat } = current;
    const position = sync.position();
    const content = { position, lexical: await index.exportContent(), vectors: flat.content() };
    await saveIndex(path, { identity, spaceId: of.id }, content);
    saved = changes;
  };
  const ready = sync.catchUp().then(() => {
    sync.start();
    follower.start();
  });
  const timer = setInterval(() => void save().catch(report), SAVE_MS);
  const lost = { embedding: 0, rerank: 0 };
  const searcher = createSearcher({
    db: database.readDb,
    index,
    vectors: follower.current,
    reranker: config.rerank && createReranker(config.rerank),
    onLost: countLost(lost, log),
  });
  return {
    searcher,
    index,
    space: () => follower.current().space,
    followSpace: follower.follow,
    lost,
    ready,
    async close() {
      clearInterval(timer);
      await follower.close();
      await sync.close();
      await save();
    },
  };
}

/** The settings name the model that is wanted; which one searches use changes by re-embedding alone. */
function warnOfOtherModel({ embedding }: Config, space: EmbeddingSpace, log: Logger): void {
  const wanted = embedding?.model ?? OFFLINE_SPACE.model;
  if (wanted === space.model) return;
  log.warn(
    `Searches use vectors of ${describeSpace(space)}, but the settings name ${wanted}. Run \`zhujiao reembed\` to change over.`,
  );
}

/** Counts every search that did without a part, and says why now and then. */
function countLost(lost: Record<LostPart, number>, log: Logger) {
  const said: Record<LostPart, number> = { embedding: 0, rerank: 0 };
  return (part: LostPart, error: unknown) => {
    lost[part] += 1;
    if (Date.now() - said[part] < SAY_LOST_MS) return;
    said[part] = Date.now();
    log.warn({ err: error, part, lost: lost[part] }, 'searches go on without a part');
  };
}
