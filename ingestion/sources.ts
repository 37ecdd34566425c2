import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { LARGEST_FILE, mediaTypeOf, TEXT_FORMATS } from '../library/file-formats.ts';
import type { FileStore } from '../library/files.ts';
import { type AcceptedItem, itemOfFile } from '../library/ingestion-runs.ts';
import { decodeFile } from './decode-text.ts';
import { type FoundFile, findFiles, requirePaths } from './find-files.ts';
import { cleanText } from './parse/clean-text.ts';
import {
  type FoundEntry,
  LARGEST_SOURCE,
  readManifest,
  readText,
  type SourceEntry,
  tooLarge,
} from './read-text.ts';
import { reasonOf } from './reason.ts';

type File = FoundFile & { kind: 'file' };

/** What is known of the files of a source. */
export interface KnownFiles {
  stamps: Record<string, string>;
  /** These are being written or taken away just now: whatever they held stays for the time being. */
  inMotion: ReadonlySet<string>;
}

/**
 * Reads files and folders item by item, in a stable order and in constant memory but for the ids, which are kept to
 * name the second resource of the same id (about 200 bytes each). What is not text as it stands goes into `files` to be
 * read later; without a store it is passed over.
 * @throws AppError `not-found` before anything is read when a path does not exist.
 */
export async function readSources(paths: string[], files?: FileStore): Promise<AsyncGenerator<FoundEntry>> {
  await requirePaths(paths);
  return withoutRepeats(readFiles(paths, files));
}

/**
 * Reads a folder (or file) as a source: what has not changed since the last reading is kept as it is, and the end is
 * told when nothing in it was hidden by a fault of the folder.
 * @throws AppError `not-found` before anything is read when it does not exist.
 */
export async function readFolder(
  path: string,
  known: KnownFiles,
  files?: FileStore,
): Promise<AsyncGenerator<SourceEntry>> {
  await requirePaths([path]);
  return withoutRepeats(listFolder(path, known, files));
}

async function* readFiles(paths: string[], files: FileStore | undefined): AsyncGenerator<FoundEntry> {
  for await (const found of findFiles(paths)) {
    if (found.kind === 'file') yield* readFound(found, files);
    else yield passedOver(found);
  }
}

async function* listFolder(path: string, known: KnownFiles, files: FileStore | undefined) {
  let whole = true;
  for (const place of known.inMotion) yield { place, kept: true } as const;
  for await (const found of findFiles([path])) {
    if (found.kind !== 'file') {
      if (found.kind === 'fault') whole = false;
      yield passedOver(found);
      continue;
    }
    if (known.inMotion.has(found.path)) continue;
    const stamp = await stampOf(found.path);
    if (stamp && known.stamps[found.path] === stamp) {
      yield { place: found.path, kept: true } as const;
      continue;
    }
    for await (const entry of readFound(found, files)) yield ofUnit(entry, found.path, stamp);
  }
  if (whole) yield { end: { whole } };
}

/** Tells without reading a file whether it has changed; undefined when it is gone. */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeMs, ctimeMs } = await stat(path);
    return `${size} ${mtimeMs} ${ctimeMs}`;
  } catch {
    // Whoever reads it next says what is wrong.
    return undefined;
  }
}

/** Says of an item or a fault which unit of its source it was read from. */
export function ofUnit(entry: FoundEntry, unit: string, stamp: string | undefined): FoundEntry {
  if ('payload' in entry) return { ...entry, unit, ...(stamp && { stamp }) };
  return 'reason' in entry ? { ...entry, unit } : entry;
}

function passedOver(found: Exclude<FoundFile, { kind: 'file' }>): FoundEntry {
  const { path, reason } = found;
  return found.kind === 'skipped'
    ? { place: path, skipped: reason }
    : { place: path, reason: cleanText(reason) };
}

async function* readFound(file: File, files: FileStore | undefined): AsyncGenerator<FoundEntry> {
  const { path, id, extension, bytes } = file;
  if (!TEXT_FORMATS.includes(extension)) yield await keepFile(file, files);
  else if (extension === '.jsonl') {
    try {
      yield* readManifest(path);
    } catch (error) {
      yield { place: path, reason: `reading broke off: ${reasonOf(error)}` };
    }
  } else {
    try {
      if (bytes > LARGEST_SOURCE) throw tooLarge('file');
      yield* readText(path, id, extension, decodeFile(await readFile(path)));
    } catch (error) {
      yield { place: path, reason: cleanText(reasonOf(error)) };
    }
  }
}

/** Puts a file into the store; the worker reads it. */
async function keepFile({ path, id, extension }: File, files: FileStore | undefined): Promise<FoundEntry> {
  if (!files) return { place: path, skipped: `no file store for "${extension}"` };
  try {
    const kept = await files.put(createReadStream(path), LARGEST_FILE);
    return itemOfFile({ place: path, id }, { ...kept, mediaType: mediaTypeOf(path)! });
  } catch (error) {
    return { place: path, reason: cleanText(reasonOf(error)) };
  }
}

/** The first resource of an id stays; a later one in the same run is a fault that names it. */
export async function* withoutRepeats<Entry extends SourceEntry>(
  entries: AsyncIterable<Entry>,
): AsyncGenerator<Entry | AcceptedItem> {
  const places = new Map<string, string>();
  for await (const entry of entries) {
    if (!('payload' in entry)) yield entry;
    else if (places.has(entry.resourceId)) {
      const { place, resourceId } = entry;
      yield { place, resourceId, reason: `same id as ${places.get(resourceId)}` };
    } else {
      places.set(entry.resourceId, entry.place);
      yield entry;
    }
  }
}
