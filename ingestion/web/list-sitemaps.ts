import { AppError, messageOf } from '../../library/errors.ts';
import { LARGEST_FILE } from '../../library/file-formats.ts';
import { cleanText } from '../parse/clean-text.ts';
import { decodeXml, parseXml, type XmlElement } from '../parse/xml.ts';
import type { SourceEntry } from '../read-text.ts';
import { get, type Reading, readFetched } from './read-fetched.ts';
import { LARGEST_SITEMAP, readSitemap, type Sitemap, sitemapBytes } from './sitemap.ts';

const PAGE_MS = 60_000;
const FILE_MS = 10 * 60_000;
const MOST_SITEMAPS = 1_000;
/** Then the site is down rather than a page broken. */
const FAULTS_IN_A_ROW = 10;

/** What is left to do of a sitemap, and how it went so far. */
interface Listing extends Reading {
  host: string;
  seen: Set<string>;
  waiting: URL[];
  faults: number;
}

/**
 * The pages of a sitemap, or of all those that an index lists, on the host of the first alone. The end is told when all
 * of its parts could be read.
 * @throws AppError `unreadable-resource` when the site goes down meanwhile.
 */
export async function* listSitemaps(
  first: URL,
  root: Sitemap,
  reading: Reading,
): AsyncGenerator<SourceEntry> {
  const listing: Listing = {
    ...reading,
    host: first.host,
    seen: new Set([first.href]),
    waiting: [],
    faults: 0,
  };
  let whole = true;
  yield* listOne(root, listing);
  for (let read = 1; ; read++) {
    const url = listing.waiting.shift();
    if (!url) break;
    if (read > MOST_SITEMAPS) {
      throw new AppError('unreadable-resource', `it lists more than ${MOST_SITEMAPS} sitemaps`);
    }
    let sitemap: Sitemap;
    try {
      sitemap = await fetchSitemap(url, listing);
    } catch (error) {
      whole = false;
      yield { place: url.href, reason: `a part of the sitemap: ${cleanText(messageOf(error))}` };
      continue;
    }
    yield* listOne(sitemap, listing);
  }
  if (whole) yield { end: { whole } };
}

async function fetchSitemap(url: URL, listing: Listing): Promise<Sitemap> {
  const limits = { limit: LARGEST_SITEMAP, withinMs: PAGE_MS };
  const root: XmlElement = parseXml(
    decodeXml(await sitemapBytes(await get(url, listing, limits, sameHost(listing.host)))),
  );
  const sitemap = readSitemap(root);
  if (!sitemap) throw new AppError('unreadable-resource', 'it is no sitemap');
  return sitemap;
}

async function* listOne({ pages, sitemaps }: Sitemap, listing: Listing): AsyncGenerator<SourceEntry> {
  for (const { address, changed } of pages) {
    const url = freshOnHost(address, listing);
    if (url === 'elsewhere') yield { place: address, skipped: 'on another host than the sitemap' };
    else if (url) {
      const isDown = yield* readPage(url, changed, listing);
      listing.faults = isDown ? listing.faults + 1 : 0;
      if (listing.faults === FAULTS_IN_A_ROW) {
        throw new AppError(
          'unreadable-resource',
          `${FAULTS_IN_A_ROW} pages in a row cannot be reached. Try again later; what was read is in.`,
        );
      }
    }
  }
  for (const address of sitemaps) {
    const url = freshOnHost(address, listing);
    if (url === 'elsewhere') yield { place: address, skipped: 'on another host than the sitemap' };
    else if (url) listing.waiting.push(url);
  }
}

/**
 * A page that a sitemap lists. One that is gone, or that robots must not read, is no part of the source any more.
 * Returns whether the site seems to be down.
 */
async function* readPage(
  url: URL,
  changed: string | undefined,
  listing: Listing,
): AsyncGenerator<SourceEntry, boolean> {
  const place = url.href;
  const stamp = changed && `lastmod ${changed}`;
  if (stamp && listing.known.stamps[place] === stamp) {
    yield { place, kept: true };
    return false;
  }
  try {
    const limits = { limit: LARGEST_FILE, withinMs: FILE_MS };
    yield* readFetched(place, await get(url, listing, limits, sameHost(listing.host)), listing, stamp);
    return false;
  } catch (error) {
    const { code, details } = error as AppError;
    const status = details?.status as number | undefined;
    if (status === 404 || status === 410) yield { place, skipped: 'listed, but not there any more' };
    else if (code === 'forbidden') yield { place, skipped: messageOf(error) };
    else yield { place, reason: cleanText(messageOf(error)) };
    return details?.unreachable === true || (status ?? 0) >= 500;
  }
}

/** An address that was not seen yet; `elsewhere` for one on another host. */
function freshOnHost(address: string, { host, seen }: Listing): URL | 'elsewhere' | undefined {
  if (!URL.canParse(address)) return 'elsewhere';
  const url = new URL(address);
  url.hash = '';
  if (url.host !== host) return 'elsewhere';
  if (seen.has(url.href)) return undefined;
  seen.add(url.href);
  return url;
}

function sameHost(host: string): (url: URL) => void {
  return url => {
    if (url.host !== host) throw new AppError('forbidden', 'it leads on to another host');
  };
}
