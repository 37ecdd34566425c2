import { mkdir } from 'node:fs/promises';
import { readIdentity } from '../library/changes.ts';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import { type EmbeddingSpace, liveSpace } from '../library/spaces.ts';
import type { Embedder } from '../models/embedder.ts';
import type { Analyser } from './analysis.ts';
import { createFlatVectors } from './flat-vectors.ts';
import { loadIndex, saveIndex } from './index-snapshot.ts';
import { createIndexSync } from './index-sync.ts';
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts';
import { createPassageDirectory, type PassageDirectory } from './passage-directory.ts';
import { createSearcher, type Searcher } from './search.ts';
import { createVectorLeg, type VectorLeg } from './vector-leg.ts';

/** Search as this process has it. */
export interface Retrieval {
  searcher: Searcher;
  index: LexicalIndex;
  vectorLeg: VectorLeg;
  /** Empty where the library is embedded. */
  directory: PassageDirectory;
  space: EmbeddingSpace;
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
 * Without one that fits, as at the first start of a server on a machine, it is built from the rows.
 */
export async function openRetrieval(parts: {
  database: Database;
  analyser: Analyser;
  embedder: Embedder;
  /** Made where it is missing; where it cannot be written, every start is a first one. */
  folder: string;
  isBusy: () => boolean;
  report: (error: Error) => void;
}): Promise<Retrieval> {
  const { database, analyser, embedder, folder, isBusy, report } = parts;
  const space = await liveSpace(database.db, embedder.space);
  if (database.kind === 'postgres') await ensureVectorIndex(database.db, space);
  const path = `${folder}/search-index`;
  const key = { identity: await readIdentity(database.db), spaceId: space.id };
  const snapshot = await loadIndex(path, key);
  const index = createLexicalIndex(analyser, snapshot?.lexical, isBusy);
  const flat = createFlatVectors(space.dimensions, snapshot?.vectors ?? undefined);
  const directory = createPassageDirectory(snapshot?.directory ?? undefined, index.find);
  const isServer = database.kind === 'postgres';
  const sync = createIndexSync({
    db: database.db,
    index,
    vectors: isServer ? null : { flat, space },
    directory: isServer ? directory : null,
    position: snapshot?.position ?? '0',
    report,
  });
  let saved = 0;
  let saveAfter = 0;
  const save = async () => {
    const changes = sync.changes();
    if (changes === saved) return;
    const started = performance.now();
    const position = sync.position();
    const lexical = await index.exportContent();
    await mkdir(folder, { recursive: true });
    await saveIndex(path, key, {
      position,
      lexical,
      vectors: isServer ? null : flat.content(),
      directory: isServer ? directory.content() : null,
    });
    saved = changes;
    const ended = performance.now();
    saveAfter = ended + (ended - started) / SAVE_SHARE;
  };
  const ready = sync.catchUp().then(() => sync.start());
  let saving: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (performance.now() >= saveAfter) saving = saving.then(save).catch(report);
  }, SAVE_MS);
  const vectorLeg = createVectorLeg(database, space, { flat, directory });
  const searcher = createSearcher({ db: database.readDb, index, embedder, vectorLeg });
  return {
    searcher,
    index,
    vectorLeg,
    directory,
    space,
    ready,
    async close() {
      clearInterval(timer);
      await sync.close();
      await saving;
      // A folder that cannot be written costs the next start its time, and nothing else.
      await save().catch(report);
    },
  };
}
