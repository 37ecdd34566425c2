import { AppError } from '../library/errors.ts';
import type { AcceptedItem, ListedItem } from '../library/ingestion-runs.ts';
import type { ListingEnd } from '../library/sources.ts';
import { decodeUtf8 } from './decode-text.ts';
import { cleanText } from './parse/clean-text.ts';
import { readPageNodes } from './parse/html.ts';
import { idOfNode, type JsonLdNode, resourceNodes } from './parse/json-ld.ts';
import { parseJson, readJsonObject } from './parse/manifest-line.ts';
import { readFrontMatter } from './parse/markdown.ts';
import { makePayload } from './parse/parse-payload.ts';
import { readLines } from './read-lines.ts';
import { reasonOf } from './reason.ts';

/** A line or file above this is a fault: it would be the text of forty books. */
export const LARGEST_SOURCE = 20 * 1024 * 1024;

/** What is found in files: items and faults for a run, and what was passed over. */
export type FoundEntry = AcceptedItem | { place: string; skipped: string };

/**
 * What a source yields: also what it keeps and has lost, and at the end, where it was listed without a break, how that
 * ended.
 */
export type SourceEntry = FoundEntry | ListedItem | { end: ListingEnd };

/** The lines of a manifest that lies at `path`; their places are lines of `place`. */
export async function* readManifest(path: string, place = path): AsyncGenerator<FoundEntry> {
  for await (const { number, bytes } of readLines(path, LARGEST_SOURCE)) {
    if (bytes?.every(isSpace)) continue;
    yield attempt(`${place}:${number}`, place => {
      if (!bytes) throw tooLarge('line');
      const line = decodeUtf8(bytes);
      return itemOf(place, readJsonObject(line).id, makePayload({ format: 'manifest' }, line));
    });
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}

/**
 * What a file of a text format other than `.jsonl` holds; `id` is for what names none itself.
 * @throws AppError `unreadable-resource`
 */
export function* readText(place: string, id: string, extension: string, raw: string): Generator<FoundEntry> {
  const text = cleanText(raw);
  if (extension === '.json' || extension === '.jsonld') yield* readJson(place, text);
  else if (extension === '.html' || extension === '.htm') yield* readPage(place, id, text);
  else if (extension === '.txt') {
    yield { place, resourceId: id, payload: makePayload({ format: 'text', path: id }, text) };
  } else {
    yield itemOf(place, readFrontMatter(text).id ?? id, makePayload({ format: 'markdown', path: id }, text));
  }
}

/** JSON-LD nodes, or resources as a manifest has them, alone or in an array. */
function* readJson(path: string, text: string): Generator<FoundEntry> {
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
function* readPage(path: string, id: string, text: string): Generator<FoundEntry> {
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

function* readNodes(path: string, nodes: JsonLdNode[]): Generator<FoundEntry> {
  for (const [i, node] of nodes.entries()) {
    const payload = makePayload({ format: 'json-ld' }, JSON.stringify(node));
    yield attempt(nodes.length === 1 ? path : `${path}#${i + 1}`, place =>
      itemOf(place, idOfNode(node), payload),
    );
  }
}

function itemOf(place: string, id: unknown, payload: string): FoundEntry {
  if (typeof id !== 'string' || cleanText(id).trim() === '') {
    throw new AppError('unreadable-resource', 'id: a non-empty text is required');
  }
  return { place, resourceId: cleanText(id).trim(), payload };
}

function attempt(place: string, read: (place: string) => FoundEntry): FoundEntry {
  try {
    return read(place);
  } catch (error) {
    return { place, reason: cleanText(reasonOf(error)) };
  }
}

/** @returns an error that names the limit */
export function tooLarge(what: string): AppError {
  return new AppError('unreadable-resource', `the ${what} is larger than ${LARGEST_SOURCE / 1024 / 1024} MB`);
}
