import { mkdir } from 'node:fs/promises';
import { readIdentity } from '../library/changes.ts';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import type { EmbeddingSpace } from '../library/spaces.ts';
import type { Embedders } from '../models/embedder.ts';
import { liveEmbedder } from '../models/live-embedder.ts';
import { createQueryEmbedder } from '../models/query-embedder.ts';
import type { Reranker } from '../models/reranker.ts';
import type { Analyser } from './analysis.ts';
import { createFlatVectors, type FlatVectors } from './flat-vectors.ts';
import { createSpaceFollower } from './follow-space.ts';
import { loadIndex, saveIndex } from './index-snapshot.ts';
import { createIndexSync } from './index-sync.ts';
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts';
import { createPassageDirectory, type PassageDirectory } from './passage-directory.ts';
import { createSearcher, type LostPart, type Searcher } from './search.ts';
import type { Translate } from './translation/translate.ts';
import { createVectorLeg, type VectorLeg } from './vector-leg.ts';

/** Search as this process has it. */
export interface Retrieval {
  searcher: Searcher;
  index: LexicalIndex;
  /** That of the space that searches use now. */
  vectorLeg(): VectorLeg;
  /** Empty where the library is embedded. */
  directory: PassageDirectory;
  /** The space that searches use now. */
  space(): EmbeddingSpace;
  /** Resolves when searches use the space that is live now. */
  followSpace(): Promise<void>;
  /** Resolves when the index holds all that was committed when it was opened. */
  ready: Promise<void>;
  close(): Promise<void>;
}

/** How often a changed index is written to its folder, so that a start after a crash need not build it anew. */
const SAVE_MS = 60_000;
/** Of a large library that is a gigabyte: then less often, so that no more than this share of the time goes into it. */
const SAVE_SHARE = 0.05;

/**
 * Opens the index, from its snapshot in `folder` where that fits, and keeps it in step with the library from then on.
 * Without one that fits, as at the first start of a server on a machine, it is built from the rows. Searches use the
 * live space, whatever the settings name.
 */
export async function openRetrieval(parts: {
  database: Database;
  analyser: Analyser;
  translate: Translate;
  embedders: Embedders;
  reranker?: Reranker | undefined;
  /** Made where it is missing; where it cannot be written, every start is a first one. */
  folder: string;
  isBusy: () => boolean;
  report: (error: Error) => void;
  /** Told of the space that searches use, at first and whenever it is another. */
  onSpace: (space: EmbeddingSpace) => void;
  /** Told why a search did without a part. */
  onLost: (part: LostPart, error: unknown) => void;
}): Promise<Retrieval> {
  const { database, analyser, translate, embedders, folder, isBusy, report } = parts;
  const isServer = database.kind === 'postgres';
  const { space } = await liveEmbedder(database.db, embedders);
  parts.onSpace(space);
  if (isServer) await ensureVectorIndex(database.db, space);
  const path = `${folder}/search-index`;
  const identity = await readIdentity(database.db);
  // On a server vectors are not in it.
  const keyOf = ({ id }: EmbeddingSpace) => ({ identity, spaceId: isServer ? 0 : id });
  const snapshot = await loadIndex(path, keyOf(space));
  const index = createLexicalIndex({ analyser, translate }, snapshot?.lexical, isBusy);
  const flatOfFirst = createFlatVectors(space.dimensions, snapshot?.vectors ?? undefined);
  const directory = createPassageDirectory(snapshot?.directory ?? undefined, index.find);
  const sync = createIndexSync({
    db: database.db,
    index,
    vectors: isServer ? null : { flat: flatOfFirst, space },
    directory: isServer ? directory : null,
    position: snapshot?.position ?? '0',
    report,
  });
  const opened = (of: EmbeddingSpace, flat: FlatVectors) => ({
    space: of,
    flat,
    embedder: createQueryEmbedder(embedders.of(of)),
    vectorLeg: createVectorLeg(database, of, { flat, directory }),
  });
  let current = opened(space, flatOfFirst);
  let saved = 0;
  const follower = createSpaceFollower({
    db: database.readDb,
    first: current,
    async open(live) {
      const flat = isServer ? createFlatVectors(live.dimensions) : await sync.loadVectors(live);
      current = opened(live, flat);
      saved = -1;
      parts.onSpace(live);
      return current;
    },
    report,
  });
  let saveAfter = 0;
  const save = async () => {
    const changes = sync.changes();
    if (changes === saved) return;
    const started = performance.now();
    const saving = current;
    const { flat } = saving;
    const position = sync.position();
    const lexical = await index.exportContent();
    await mkdir(folder, { recursive: true });
    await saveIndex(path, keyOf(saving.space), {
      position,
      lexical,
      vectors: isServer ? null : flat.content(),
      directory: isServer ? directory.content() : null,
    });
    // The space may have changed meanwhile.
    saved = current === saving ? changes : -1;
    const ended = performance.now();
    saveAfter = ended + (ended - started) / SAVE_SHARE;
  };
  const ready = sync.start().then(follower.start);
  let saving: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (performance.now() >= saveAfter) saving = saving.then(save).catch(report);
  }, SAVE_MS);
  const searcher = createSearcher({
    db: database.plannedDb,
    index,
    vectors: follower.current,
    reranker: parts.reranker,
    onLost: parts.onLost,
  });
  return {
    searcher,
    index,
    vectorLeg: () => current.vectorLeg,
    directory,
    space: () => follower.current().space,
    followSpace: follower.follow,
    ready,
    async close() {
      clearInterval(timer);
      await Promise.all([follower.close(), sync.close()]);
      await saving;
      // A folder that cannot be written costs the next start its time, and nothing else.
      await save().catch(report);
    },
  };
}
