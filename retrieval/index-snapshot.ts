import { ANALYSER_VERSION } from './analysis.ts';
import type { FlatContent } from './flat-vectors.ts';
import { packJson, unpackJson } from './json-lines.ts';
import type { IndexContent, IndexedResource } from './lexical-index.ts';
import type { DirectoryContent } from './passage-directory.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

/** The indexes of a process at one moment, and the moment: everything below `position` is in them. */
export interface IndexSnapshot {
  position: string;
  lexical: IndexContent;
  /** The vectors of an embedded library; null on a server. */
  vectors: FlatContent | null;
  /** The passages of a server's library; null where it is embedded. */
  directory: DirectoryContent | null;
}

/** What must be the same for a snapshot to be used. */
export interface SnapshotKey {
  /** Of the database, see `readIdentity`. */
  identity: string;
  spaceId: number;
}

/** What stands in the file: long lists as packed JSON. */
interface StoredSnapshot {
  key: string;
  position: string;
  lists: IndexContent['lists'];
  resources: Uint8Array;
  vectors: FlatContent | null;
  directory: { owners: Int32Array; resourceIds: Uint8Array } | null;
}

/** Counts what is in a snapshot and how. */
const FORMAT = 2;
const keyOf = ({ identity, spaceId }: SnapshotKey) => `${FORMAT} ${identity} ${spaceId} ${ANALYSER_VERSION}`;

/** Writes the snapshot file; a crash in between leaves the one before. */
export async function saveIndex(path: string, key: SnapshotKey, snapshot: IndexSnapshot): Promise<void> {
  const { position, lexical, vectors, directory } = snapshot;
  const stored: StoredSnapshot = {
    key: keyOf(key),
    position,
    lists: lexical.lists,
    resources: await packJson(lexical.resources),
    vectors,
    directory: directory && {
      owners: directory.owners,
      resourceIds: await packJson(directory.resourceIds),
    },
  };
  await writeSnapshot(path, stored);
}

/**
 * The snapshot, if it is of this database, space and text analysis; else undefined, and the index is built anew. It may
 * be older than the database: what was committed since is read by the first catching up.
 */
export async function loadIndex(path: string, key: SnapshotKey): Promise<IndexSnapshot | undefined> {
  const stored = (await readSnapshot(path)) as StoredSnapshot | undefined;
  if (stored?.key !== keyOf(key)) return undefined;
  const { position, lists, resources, vectors, directory } = stored;
  return {
    position,
    lexical: { lists, resources: unpackJson<IndexedResource | null>(resources) },
    vectors,
    directory: directory && {
      owners: directory.owners,
      resourceIds: unpackJson<string>(directory.resourceIds),
    },
  };
}
