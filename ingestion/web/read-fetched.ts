import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../library/errors.ts';
import { extensionOf, FILE_FORMATS, LARGEST_FILE, TEXT_FORMATS } from '../../library/file-formats.ts';
import type { FileStore } from '../../library/files.ts';
import { itemOfFile } from '../../library/ingestion-runs.ts';
import type { KnownSource } from '../../library/sources.ts';
import { decodePage } from '../decode-text.ts';
import { type FoundEntry, LARGEST_SOURCE, readManifest, readText, type SourceEntry } from '../read-text.ts';
import type { Fetched, Fetcher, FetchOptions } from '../safe-fetch.ts';
import { ofUnit } from '../sources.ts';
import { bytesOf } from './inflate.ts';

/** What a reading of the web works with. */
export interface Reading {
  fetcher: Fetcher;
  known: Pick<KnownSource, 'stamps'>;
  files: FileStore | undefined;
  mayRead: (url: URL) => Promise<void>;
}

/** What was fetched, by its kind; `stamp` is for what the sitemap says of its last change. */
export async function* readFetched(
  place: string,
  fetched: Fetched,
  { files }: Reading,
  stamp = stampOf(fetched),
): AsyncGenerator<SourceEntry> {
  if (fetched.same) return yield { place, kept: true };
  const ending = endingOf(fetched);
  if (ending === '.jsonl') {
    for await (const entry of readFeed(place, fetched)) yield ofUnit(entry, place, stamp);
  } else if (TEXT_FORMATS.includes(ending)) {
    const text = decodePage(await bytesOf(fetched.body, LARGEST_SOURCE), fetched.charset);
    for (const entry of readText(place, place, ending, text)) yield ofUnit(entry, place, stamp);
  } else yield ofUnit(await keep(place, ending, fetched.body, files), place, stamp);
}

/** A manifest comes to a file first: its lines are handed on more slowly than a server would wait. */
async function* readFeed(place: string, { body }: Fetched): AsyncGenerator<FoundEntry> {
  const folder = await mkdtemp(join(tmpdir(), 'zhujiao-feed-'));
  try {
    const path = join(folder, 'feed.jsonl');
    await pipeline(body, createWriteStream(path));
    yield* readManifest(path, place);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Puts a file into the store; the worker reads it. */
export async function keep(
  place: string,
  ending: string,
  body: Parameters<FileStore['put']>[0],
  files: FileStore | undefined,
): Promise<FoundEntry> {
  if (!files) return { place, skipped: `no file store for "${ending}"` };
  const kept = await files.put(body, LARGEST_FILE);
  return itemOfFile({ place, id: place }, { ...kept, mediaType: FILE_FORMATS[ending]! });
}

/** Only asks for what has changed, where the site gave a way to tell. */
export function get(
  url: URL,
  { fetcher, known, mayRead }: Reading,
  limits: Pick<FetchOptions, 'limit' | 'withinMs'>,
  also: (url: URL) => void = () => undefined,
): Promise<Fetched> {
  const [, kind, value] = /^(etag|modified) (.*)$/.exec(known.stamps[url.href] ?? '') ?? [];
  return fetcher.fetch(url, {
    ...limits,
    accepts: mediaType => mediaType === '' || ENDINGS.has(mediaType) || BY_NAME.test(mediaType),
    since: kind ? { [kind]: value } : undefined,
    mayRead: async hop => {
      also(hop);
      await mayRead(hop);
    },
  });
}

function stampOf({ etag, modified }: Fetched): string | undefined {
  if (etag) return `etag ${etag}`;
  return modified ? `modified ${modified}` : undefined;
}

/** Media types that tell nothing: then the address's ending does. */
const BY_NAME = /^(?:text\/plain|application\/(?:octet-stream|gzip|x-gzip))$/;

/** The endings of media types that name a format. */
const ENDINGS = new Map<string, string>([
  ...Object.entries(FILE_FORMATS).map(
    ([ending, mediaType]) => [mediaType.split(';')[0]!, ending] as [string, string],
  ),
  ['text/html', '.html'],
  ['application/xhtml+xml', '.html'],
  ['text/xml', '.xml'],
  ['application/xml', '.xml'],
  ['text/markdown', '.md'],
  ['application/zip', '.zip'],
  ['application/jsonl', '.jsonl'],
  ['application/jsonlines', '.jsonl'],
]);

/**
 * The ending of file names for what was fetched.
 * @throws AppError `unreadable-resource` where neither the server nor the address says what it is.
 */
export function endingOf({ mediaType, url, body }: Fetched): string {
  const inName = extensionOf(url.pathname.replace(/\.gz$/i, ''));
  if (mediaType === '' || BY_NAME.test(mediaType)) {
    if (FILE_FORMATS[inName]) return inName;
    if (mediaType === 'text/plain') return '.txt';
    body.destroy();
    throw new AppError(
      'unreadable-resource',
      'neither the server nor the address says what kind of file it is',
    );
  }
  const ending = ENDINGS.get(mediaType)!;
  // A more telling name of the same format: a course package is a zip too.
  return FILE_FORMATS[inName]?.startsWith(mediaType) ? inName.replace('.xhtml', '.html') : ending;
}
