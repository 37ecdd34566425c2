import { setTimeout as pause } from 'node:timers/promises';
import { findFiles } from './find-files.ts';
import { stampOf } from './sources.ts';

/** Looking takes a tenth of the time at most, however large the folder is. */
const REST = 10;
const LONGEST_REST_MS = 60_000;

/** Files by path with their stamps. */
type Look = Map<string, string>;

/**
 * Looks at a folder again and again until `signal` is aborted, and calls `sync` when something in it has changed and is
 * still since the last look. It compares looks instead of listening to the system: that also works on network drives
 * and takes renames for what they come to. `sync` is told the files that are in motion; what it throws goes to `report`,
 * and the same is tried again.
 */
export async function watchFolder(
  path: string,
  options: {
    everyMs: number;
    signal: AbortSignal;
    sync: (inMotion: Set<string>) => Promise<void>;
    report: (error: unknown) => void;
  },
): Promise<void> {
  const { everyMs, signal, sync, report } = options;
  let before: Look | undefined;
  let done: Look | undefined;
  while (!signal.aborted) {
    const started = performance.now();
    let took = 0;
    try {
      const now = await look(path);
      took = performance.now() - started;
      const inMotion = before && differences(before, now);
      before = now;
      // The first look cannot tell what is in motion.
      if (inMotion && hasWork(done, now, inMotion)) {
        await sync(inMotion);
        done = settled(done, now, inMotion);
      }
    } catch (error) {
      report(error);
    }
    const rest = Math.min(Math.max(everyMs, took * REST), LONGEST_REST_MS);
    // Being told to end while it rests is no fault.
    await pause(rest, undefined, { signal }).catch(() => undefined);
  }
}

async function look(path: string): Promise<Look> {
  const files: Look = new Map();
  for await (const found of findFiles([path])) {
    if (found.kind !== 'file') continue;
    const stamp = await stampOf(found.path);
    if (stamp) files.set(found.path, stamp);
  }
  return files;
}

/** Paths that are only in one of two looks or differ. */
function differences(a: Look, b: Look): Set<string> {
  const paths = new Set<string>();
  for (const [path, stamp] of a) if (b.get(path) !== stamp) paths.add(path);
  for (const path of b.keys()) if (!a.has(path)) paths.add(path);
  return paths;
}

function hasWork(done: Look | undefined, now: Look, inMotion: Set<string>): boolean {
  return !done || [...differences(done, now)].some(path => !inMotion.has(path));
}

/** What `sync` has seen: files in motion are as they were before. */
function settled(done: Look | undefined, now: Look, inMotion: Set<string>): Look {
  const next = new Map(now);
  for (const path of inMotion) {
    const stamp = done?.get(path);
    if (stamp === undefined) next.delete(path);
    else next.set(path, stamp);
  }
  return next;
}
