import type { Citation, Locator, Resource } from '../api/types.ts';

/** The address of a passage in its resource's page, the quoted span marked. */
export function placeOf(place: {
  resourceId: string;
  passageId?: string;
  quote?: { start: number; length: number };
}): string {
  const path = `/resources/${encodeURIComponent(place.resourceId)}`;
  if (!place.passageId) return path;
  const params = new URLSearchParams({ passage: place.passageId });
  if (place.quote) params.set('quote', `${place.quote.start}-${place.quote.start + place.quote.length}`);
  return `${path}?${params}`;
}

/** The address of a resource's original; with a page a browser opens a PDF there. */
export function fileOf({ resourceId }: { resourceId: string }, page?: number): string {
  const path = `/api/resources/${encodeURIComponent(resourceId)}/file`;
  return page === undefined ? path : `${path}#page=${page}`;
}

/** The id in the address of a resource's page: ids contain slashes, so they are one encoded step of the path. */
export function resourceIdIn(path: string): string {
  const encoded = path.slice(path.indexOf('/resources/') + '/resources/'.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded; // a stray percent sign: then it is the id itself
  }
}

/** Where a page of the PDF or a second of the recording that a resource was read from opens; undefined where nothing does. */
export function originalAt(
  { resourceId, file, url }: Pick<Resource, 'resourceId' | 'file' | 'url'>,
  locator: Locator,
): string | undefined {
  if (locator.kind === 'page' && file?.mediaType === 'application/pdf')
    return fileOf({ resourceId }, locator.page);
  // A media fragment (W3C Media Fragments URI 1.0), which browsers follow in the recordings that they play themselves.
  if (locator.kind === 'time' && url?.startsWith('http'))
    return `${url}#t=${Math.floor(locator.startMs / 1000)}`;
  return undefined;
}

export function placeOfCitation(citation: Citation): string {
  const { resourceId, passageId, quoteStart, quote } = citation;
  return placeOf({ resourceId, passageId, quote: { start: quoteStart, length: quote.length } });
}

/** The span that `placeOf` wrote into the address; undefined where it is none. */
export function quoteSpan(value: string | null): { start: number; end: number } | undefined {
  const match = /^(\d+)-(\d+)$/.exec(value ?? '');
  return match ? { start: Number(match[1]), end: Number(match[2]) } : undefined;
}
