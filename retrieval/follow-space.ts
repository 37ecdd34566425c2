import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../library/db.ts';
import { type EmbeddingSpace, findLiveSpace } from '../library/spaces.ts';
import type { VectorSearch } from './search.ts';

/** As often as the index looks for changes: a switch is followed within a second, plus the loading of vectors. */
const LOOK_MS = 500;

/** A space to search in, ready. */
export interface OpenSpace extends VectorSearch {
  space: EmbeddingSpace;
}

/** Keeps a process searching in the live space, whoever switches it. */
export interface SpaceFollower {
  /** What searches use now. */
  current(): OpenSpace;
  /** Looks now; resolves when searches use the space that was live when this was called. */
  follow(): Promise<void>;
  start(): void;
  close(): Promise<void>;
}

/** While `open` gets the new space ready, searches go on in the one before: all of them are in one space or the other. */
export function createSpaceFollower(deps: {
  db: Db;
  first: OpenSpace;
  open: (space: EmbeddingSpace) => Promise<OpenSpace>;
  report: (error: Error) => void;
}): SpaceFollower {
  let current = deps.first;
  let following: Promise<void> = Promise.resolve();
  const stop = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const live = await findLiveSpace(deps.db);
    if (live && live.id !== current.space.id) current = await deps.open(live);
  }

  const follow = () => {
    const done = following.then(look);
    following = done.catch(() => undefined);
    return done;
  };

  return {
    current: () => current,
    follow,
    start() {
      loop = (async () => {
        while (!stop.signal.aborted) {
          await follow().catch(error => stop.signal.aborted || deps.report(error));
          await pause(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
        }
      })();
    },
    async close() {
      stop.abort();
      await loop;
      await following;
    },
  };
}
