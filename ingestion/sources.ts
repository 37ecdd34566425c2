import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AppError } from '../library/errors.ts';
import { LARGEST_FILE, mediaTypeOf, TEXT_FORMATS } from '../library/file-formats.ts';
import type { FileStore } from '../library/files.ts';
import { type AcceptedItem, itemOfFile } from '../library/ingestion-runs.ts';
import { decodeFile, decodeUtf8 } from './decode-text.ts';
import { type FoundFile, findFiles, requirePaths } from './find-files.ts';
import { cleanText } from './parse/clean-text.ts';
import { readPageNodes } from './parse/html.ts';
import { idOfNode, type JsonLdNode, resourceNodes } from './parse/json-ld.ts';
import { parseJson, readJsonObject } from './parse/manifest-line.ts';
import { readFrontMatter } from './parse/markdown.ts';
import { makePayload } from './parse/parse-payload.ts';
import { readLines } from './read-lines.ts';
import { reasonOf } from './reason.ts';

/** A line or file above this is a fault: it would be the text of forty books. */
const LARGEST_SOURCE = 20 * 1024 * 1024;

/** What reading yields: items and faults for a run, and files that were passed over. */
export type SourceEntry = AcceptedItem | { place: string; skipped: string };

/**
 * Reads files and folders item by item, in a stable order and in constant memory but for the ids, which are kept to
 * name the second resource of the same id (about 200 bytes each). What is not text as it stands goes into `files` to be
 * read later; without a store it is passed over.
 * @throws AppError `not-found` before anything is read when a path does not exist.
 */
export async function readSources(paths: string[], files?: FileStore): Promise<AsyncGenerator<SourceEntry>> {
  await requirePaths(paths);
  return withoutRepeats(readFiles(paths, files));
}

async function* readFiles(paths: string[], files: FileStore | undefined): AsyncGenerator<SourceEntry> {
  for await (const file of findFiles(paths)) {
    if (file.kind === 'skipped') yield { place: file.path, skipped: file.reason };
    else if (file.kind === 'fault') yield { place: file.path, reason: cleanText(file.reason) };
    else if (!TEXT_FORMATS.includes(file.extension)) yield await keepFile(file, files);
    else yield* file.extension === '.jsonl' ? readManifest(file.path) : readWhole(file);
  }
}

/** Puts a file into the store; the worker reads it. */
async function keepFile(
  { path, id, extension }: FoundFile & { kind: 'file' },
  files: FileStore | undefined,
): Promise<SourceEntry> {
  if (!files) return { place: path, skipped: `no file store for "${extension}"` };
  try {
    const kept = await files.put(createReadStream(path), LARGEST_FILE);
    return itemOfFile({ place: path, id }, { ...kept, mediaType: mediaTypeOf(path)! });
  } catch (error) {
    return { place: path, reason: cleanText(reasonOf(error)) };
  }
}

/** The first resource of an id stays; a later one in the same run is a fault that names it. */
async function* withoutRepeats(entries: AsyncGenerator<SourceEntry>): AsyncGenerator<SourceEntry> {
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

async function* readManifest(path: string): AsyncGenerator<SourceEntry> {
  try {
    for await (const { number, bytes } of readLines(path, LARGEST_SOURCE)) {
      if (bytes?.every(isSpace)) continue;
      yield attempt(`${path}:${number}`, place => {
        if (!bytes) throw tooLarge('line');
        const line = decodeUtf8(bytes);
        return itemOf(place, readJsonObject(line).id, makePayload({ format: 'manifest' }, line));
      });
    }
  } catch (error) {
    yield { place: path, reason: `reading broke off: ${reasonOf(error)}` };
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}

async function* readWhole(file: FoundFile & { kind: 'file' }): AsyncGenerator<SourceEntry> {
  const { path, id, extension } = file;
  try {
    if (file.bytes > LARGEST_SOURCE) throw tooLarge('file');
    const text = cleanText(decodeFile(await readFile(path)));
    if (extension === '.json' || extension === '.jsonld') yield* readJson(path, text);
    else if (extension === '.html' || extension === '.htm') yield* readPage(path, id, text);
    else if (extension === '.txt') {
      yield { place: path, resourceId: id, payload: makePayload({ format: 'text', path: id }, text) };
    } else {
      yield itemOf(path, readFrontMatter(text).id ?? id, makePayload({ format: 'markdown', path: id }, text));
    }
  } catch (error) {
    yield { place: path, reason: cleanText(reasonOf(error)) };
  }
}

/** JSON-LD nodes, or resources as a manifest has them, alone or in an array. */
function* readJson(path: string, text: string): Generator<SourceEntry> {
  const value = parseJson(text);
  const nodes = resourceNodes(value);
  const rows = (Array.isArray(value) ? value : [value]).filter(isResource);
  if (nodes.length > 0) yield* readNodes(path, nodes);
  else if (rows.length > 0) {
    for (const [i, row] of rows.entries()) {
      const payload = makePayload({ format: 'manifest' }, JSON.stringify(row));
      yield attempt(`${path}#${i + 1}`, place => itemOf(place, row.id, payload));
    }
  } else {
    const reason = 'neither schema.org learning resources nor objects with id, title and text';
    throw new AppError('unreadable-resource', reason);
  }
}

function isResource(row: unknown): row is { id: string } {
  return typeof row === 'object' && row !== null && 'id' in row && 'title' in row;
}

/** A page is one resource, unless it describes several: then it is a catalogue of these. */
function* readPage(path: string, id: string, text: string): Generator<SourceEntry> {
  const nodes = readPageNodes(text);
  if (nodes.length > 1) yield* readNodes(path, nodes);
  else {
    yield itemOf(
      path,
      (nodes[0] && idOfNode(nodes[0])) ?? id,
      makePayload({ format: 'html', path: id }, text),
    );
  }
}

function* readNodes(path: string, nodes: JsonLdNode[]): Generator<SourceEntry> {
  for (const [i, node] of nodes.entries()) {
    const payload = makePayload({ format: 'json-ld' }, JSON.stringify(node));
    yield attempt(nodes.length === 1 ? path : `${path}#${i + 1}`, place =>
      itemOf(place, idOfNode(node), payload),
    );
  }
}

function itemOf(place: string, id: unknown, payload: string): SourceEntry {
  if (typeof id !== 'string' || cleanText(id).trim() === '') {
    throw new AppError('unreadable-resource', 'id: a non-empty text is required');
  }
  return { place, resourceId: cleanText(id).trim(), payload };
}

function attempt(place: string, read: (place: string) => SourceEntry): SourceEntry {
  try {
    return read(place);
  } catch (error) {
    return { place, reason: cleanText(reasonOf(error)) };
  }
}

function tooLarge(what: string): AppError {
  return new AppError('unreadable-resource', `the ${what} is larger than ${LARGEST_SOURCE / 1024 / 1024} MB`);
}
