import type { Citation } from '../api/types.ts';

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

export function placeOfCitation(citation: Citation): string {
  const { resourceId, passageId, quoteStart, quote } = citation;
  return placeOf({ resourceId, passageId, quote: { start: quoteStart, length: quote.length } });
}

/** The span that `placeOf` wrote into the address; undefined where it is none. */
export function quoteSpan(value: string | null): { start: number; end: number } | undefined {
  const match = /^(\d+)-(\d+)$/.exec(value ?? '');
  return match ? { start: Number(match[1]), end: Number(match[2]) } : undefined;
}
