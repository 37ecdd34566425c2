import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '../../library/errors.ts';
import { childElements, descend, type XmlElement, xmlText } from '../parse/xml.ts';
import type { Fetched } from '../safe-fetch.ts';
import { bytesOf } from './inflate.ts';

/** The protocol of sitemaps allows as much for one, unpacked. */
export const LARGEST_SITEMAP = 50 * 1024 * 1024;

/** What a sitemap lists: pages with the time of their last change, or further sitemaps. */
export interface Sitemap {
  pages: { address: string; changed: string | undefined }[];
  sitemaps: string[];
}

/** Reads a sitemap or an index of sitemaps; undefined for XML of another kind. */
export function readSitemap(root: XmlElement): Sitemap | undefined {
  if (root.name !== 'urlset' && root.name !== 'sitemapindex') return undefined;
  const textIn = (element: XmlElement, name: string) => xmlText(descend(element, name)).trim();
  return {
    pages: childElements(root, 'url')
      .map(url => ({ address: textIn(url, 'loc'), changed: textIn(url, 'lastmod') || undefined }))
      .filter(({ address }) => address !== ''),
    sitemaps: childElements(root, 'sitemap')
      .map(sitemap => textIn(sitemap, 'loc'))
      .filter(address => address !== ''),
  };
}

/** The XML of a sitemap, also of a packed one (.xml.gz). @throws AppError `unreadable-resource` */
export async function sitemapBytes({ body }: Fetched): Promise<Buffer> {
  const bytes = await bytesOf(body, LARGEST_SITEMAP);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_SITEMAP });
  } catch (cause) {
    const isBomb = (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    const reason = isBomb ? `it is larger than ${LARGEST_SITEMAP / 1024 / 1024} MB` : 'it is damaged (gzip)';
    throw new AppError('unreadable-resource', reason, { cause });
  }
}
