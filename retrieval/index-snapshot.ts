import { ANALYSER_VERSION } from './analysis.ts';
import type { FlatContent } from './flat-vectors.ts';
import type { IndexContent } from './lexical-index.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

/** The indexes of a process at one moment, and the moment: everything below `position` is in them. */
export interface IndexSnapshot {
  position: string;
  lexical: IndexContent;
  vectors: FlatContent | null;
}

/** What must be the same for a snapshot to be used. */
export interface SnapshotKey {
  /** Of the database, see `readIdentity`. */
  identity: string;
  spaceId: number;
}

const keyOf = ({ identity, spaceId }: SnapshotKey) => `${identity} ${spaceId} ${ANALYSER_VERSION}`;

/** Writes the snapshot file; a crash in between leaves the one before. */
export async function saveIndex(path: string, key: SnapshotKey, snapshot: IndexSnapshot): Promise<void> {
  await writeSnapshot(path, { key: keyOf(key), ...snapshot });
}

/**
 * The snapshot, if it is of this database, space and text analysis; else undefined, and the index is built anew. It may
 * be older than the database: what was committed since is read by the first catching up.
 */
export async function loadIndex(path: string, key: SnapshotKey): Promise<IndexSnapshot | undefined> {
  const stored = (await readSnapshot(path)) as (IndexSnapshot & { key: string }) | undefined;
  return stored?.key === keyOf(key) ? stored : undefined;
}
