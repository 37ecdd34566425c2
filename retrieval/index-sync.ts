import { setTimeout as pause } from 'node:timers/promises';
import {
  readChanges,
  readPassages,
  readPosition,
  readVersions,
  type VersionToIndex,
} from '../library/changes.ts';
import type { Db } from '../library/db.ts';
import { AppError } from '../library/errors.ts';
import { readVectors } from '../library/nearest-passages.ts';
import type { EmbeddingSpace } from '../library/spaces.ts';
import { createFlatVectors, type FlatVectors } from './flat-vectors.ts';
import type { IndexedPassage, IndexedResource, LexicalIndex } from './lexical-index.ts';
import type { PassageDirectory } from './passage-directory.ts';
import { textKey } from './term-key.ts';

/** Between two looks: with the look itself, a commit is found everywhere well within two seconds. */
const LOOK_MS = 500;
/** Resources per look-up and passages per query: embedded, the queries of a search wait for each of ours. */
const PAGE_RESOURCES = 200;
const PAGE_PASSAGES = 60;
/** Vectors alone are quicker to read: so many resources take PGlite some 15 ms. */
const PAGE_VECTORS = 100;

/** Keeps the in-process index in step with what was committed, by this process or any other. */
export interface IndexSync {
  /** Reads everything committed so far; resolves when it can be found. */
  catchUp(): Promise<void>;
  /** Catches up again and again until closed; resolves when it first has, however often that takes. */
  start(): Promise<void>;
  close(): Promise<void>;
  /**
   * Loads a copy of the vectors of another space beside the one in use, which stays in step too, for the way back. A search
   * may wait for a page of it, not for the whole. @throws what the database throws
   */
  loadVectors(space: EmbeddingSpace): Promise<FlatVectors>;
  /** Everything below this transaction number is in the index. */
  position(): string;
  /** How many resources were added or taken out since the start. */
  changes(): number;
}

/** Vectors of a space in the process. */
interface VectorCopy {
  flat: FlatVectors;
  space: EmbeddingSpace;
}

/** `position` is where a loaded snapshot stands, '0' for an empty index. Errors are reported and the look repeated. */
export function createIndexSync(deps: {
  db: Db;
  index: LexicalIndex;
  /** The copy of the vectors in the process, with the space that they are of; null where SQL searches them. */
  vectors: VectorCopy | null;
  /** Which passages there are, for SQL's searches; null where it is not asked. */
  directory: PassageDirectory | null;
  position: string;
  report: (error: Error) => void;
}): IndexSync {
  const { db, index, directory, report } = deps;
  let copies = deps.vectors ? [deps.vectors] : [];
  let position = deps.position;
  let changed = 0;
  let looking: Promise<void> = Promise.resolve();
  const stop = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  function remove(resourceId: string): boolean {
    for (const { flat } of copies) flat.remove(resourceId);
    directory?.remove(resourceId);
    return index.remove(resourceId);
  }

  async function look(): Promise<void> {
    // Taken first: what commits while we read is at or above it and will be read again, which changes nothing.
    const next = await readPosition(db);
    let after: { changedIn: string; resourceId: string } | undefined;
    for (;;) {
      const changes = await readChanges(db, position, after, PAGE_RESOURCES);
      const wanted: string[] = [];
      for (const { resourceId, versionId } of changes) {
        if (versionId === null) changed += Number(remove(resourceId));
        if (versionId !== null && index.find(resourceId)?.versionId !== versionId) wanted.push(versionId);
      }
      changed += wanted.length;
      await addVersions({ db, index, copies, directory }, wanted, stop.signal);
      if (changes.length < PAGE_RESOURCES || stop.signal.aborted) break;
      after = changes.at(-1);
    }
    if (!stop.signal.aborted) position = next;
  }

  /** One after the other: two that change the indexes would get in each other's way. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = looking.then(work);
    looking = done.catch(() => undefined);
    return done;
  };
  const catchUp = () => inTurn(look);

  async function fill(copy: VectorCopy, ids: string[]): Promise<void> {
    for (let first = 0; first < ids.length; first += PAGE_VECTORS) {
      if (stop.signal.aborted) throw new AppError('stopped', 'The search index is closing.');
      const page = ids.slice(first, first + PAGE_VECTORS);
      // Between two pages the looks go on; what they add goes into every copy.
      await inTurn(() =>
        addVectors(
          db,
          copy,
          page.flatMap(id => index.find(id) ?? []),
        ),
      );
    }
  }

  return {
    catchUp,
    start() {
      let caughtUp: () => void = () => undefined;
      const first = new Promise<void>(resolve => {
        caughtUp = resolve;
      });
      loop = (async () => {
        while (!stop.signal.aborted) {
          await catchUp().then(caughtUp, error => stop.signal.aborted || report(error));
          await pause(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
        }
        caughtUp();
      })();
      return first;
    },
    async close() {
      stop.abort();
      await loop;
      await looking;
    },
    async loadVectors(space) {
      const kept = copies.find(copy => copy.space.id === space.id);
      const copy = kept ?? { space, flat: createFlatVectors(space.dimensions) };
      let ids: string[] = [];
      // Between two looks: what one of them adds goes into both copies, or is among the ids.
      await inTurn(async () => {
        // The one in use is the first: a third is not kept.
        copies = [copies[0]!, copy];
        ids = copies[0]!.flat.resources().map(({ id }) => id);
      });
      await fill(copy, ids);
      copies = [copy, copies[0]!];
      return copy.flat;
    },
    position: () => position,
    changes: () => changed,
  };
}

interface Caches {
  db: Db;
  index: LexicalIndex;
  copies: VectorCopy[];
  directory: PassageDirectory | null;
}

async function addVersions(
  { db, index, copies, directory }: Caches,
  versionIds: string[],
  stop: AbortSignal,
): Promise<void> {
  const versions = versionIds.length === 0 ? [] : await readVersions(db, versionIds);
  for (const group of groupByPassages(versions)) {
    if (stop.aborted) return;
    const ids = group.map(({ versionId }) => versionId);
    const first = await readPassages(db, ids, { from: 0, limit: PAGE_PASSAGES });
    const near = await Promise.all(copies.map(({ space }) => readVectors(db, space, ids)));
    for (const version of group) {
      const isOwn = ({ versionId }: { versionId: string }) => versionId === version.versionId;
      const resource = indexedOf(version);
      // Vectors first: a resource in the lexical index is one that is wholly there.
      for (const [i, { flat }] of copies.entries()) flat.add(resource, near[i]!.filter(isOwn));
      const passages = noteIds(eachPassage(db, version, first.filter(isOwn)), ids =>
        directory?.add(resource, ids),
      );
      await index.add(resource, { ...version, passages });
    }
  }
}

async function addVectors(db: Db, { flat, space }: VectorCopy, resources: IndexedResource[]): Promise<void> {
  const near = await readVectors(
    db,
    space,
    resources.map(({ versionId }) => versionId),
  );
  for (const resource of resources) {
    const own = near.filter(({ versionId }) => versionId === resource.versionId);
    flat.add(resource, own);
  }
}

/** Small resources share a query; one with more passages than a page stands alone. */
function groupByPassages(versions: VersionToIndex[]): VersionToIndex[][] {
  const groups: VersionToIndex[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const version of versions) {
    if (size + version.passageCount > PAGE_PASSAGES) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)!.push(version);
    size += version.passageCount;
  }
  return groups;
}

/** The passages of a version, those after the first page read as they are wanted. */
async function* eachPassage(
  db: Db,
  { versionId, passageCount }: VersionToIndex,
  first: IndexedPassage[],
): AsyncGenerator<IndexedPassage> {
  yield* first;
  for (let from = first.length; from < passageCount && from > 0; from += PAGE_PASSAGES) {
    yield* await readPassages(db, [versionId], { from, limit: PAGE_PASSAGES });
  }
}

/** The same passages; `note` gets the ids of those that were taken, when there are no more or no more are wanted. */
async function* noteIds(
  passages: AsyncIterable<IndexedPassage>,
  note: (ids: number[]) => void,
): AsyncGenerator<IndexedPassage> {
  const ids: number[] = [];
  try {
    for await (const passage of passages) {
      ids.push(passage.id);
      yield passage;
    }
  } finally {
    note(ids);
  }
}

/** What the index keeps of a version; resources of one source, language and description make a group. */
export function indexedOf({
  resourceId,
  versionId,
  source,
  description,
  language,
  stage,
  subject,
  type,
}: VersionToIndex): IndexedResource {
  const group = textKey([source, language, description ?? ''].join('\n'), 0);
  return { id: resourceId, versionId, language, stage, subject, type, group };
}
