import { AppError, messageOf } from '../../library/errors.ts';
import type { FileStore } from '../../library/files.ts';
import type { KnownSource } from '../../library/sources.ts';
import { decodeXml, parseXml } from '../parse/xml.ts';
import type { SourceEntry } from '../read-text.ts';
import type { Fetcher } from '../safe-fetch.ts';
import { withoutRepeats } from '../sources.ts';
import { listSitemaps } from './list-sitemaps.ts';
import { endingOf, get, keep, type Reading, readFetched } from './read-fetched.ts';
import { askRobots } from './robots-of-hosts.ts';
import { readSitemap, sitemapBytes } from './sitemap.ts';

/** A manifest is handed on line by line and may be large; everything else has a limit of its own besides. */
const LARGEST_FEED = 1024 * 1024 * 1024;
const WITHIN_MS = 10 * 60_000;

/**
 * Reads an address: a page, a file, a manifest (.jsonl), or a sitemap with every page of it on the same host.
 * @throws AppError `unreadable-resource` or `forbidden` while reading, when the address itself cannot be read.
 */
export function readWeb(
  address: URL,
  options: { fetcher: Fetcher; known: Pick<KnownSource, 'stamps'>; files?: FileStore | undefined },
): AsyncGenerator<SourceEntry> {
  const { fetcher, known, files } = options;
  return withoutRepeats(listAddress(address, { fetcher, known, files, mayRead: askRobots(fetcher) }));
}

async function* listAddress(address: URL, reading: Reading): AsyncGenerator<SourceEntry> {
  const place = address.href;
  const fetched = await get(address, reading, { limit: LARGEST_FEED, withinMs: WITHIN_MS }).catch(error => {
    throw new AppError('unreadable-resource', `${place}: ${messageOf(error)}.`, { cause: error });
  });
  const ending = fetched.same ? '' : endingOf(fetched);
  if (ending === '.xml') {
    const bytes = await sitemapBytes(fetched);
    const root = parseXml(decodeXml(bytes));
    const sitemap = readSitemap(root);
    if (sitemap) return yield* listSitemaps(fetched.url, sitemap, reading);
    yield await keep(place, ending, [bytes], reading.files);
  } else yield* readFetched(place, fetched, reading);
  yield { end: { whole: true } };
}
