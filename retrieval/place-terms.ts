import type { QueryTerm } from './query-terms.ts';
import { type AnySegment, frequenciesAt, type PlacedPart, placeOf } from './read-postings.ts';
import type { TermWeights } from './score-segment.ts';
import { type SegmentList, segmentsOf, totalsOf } from './segment-list.ts';
import { termWeight } from './weigh-terms.ts';

/** A term of a query with what it is worth and where it is found. */
export interface PlacedTerm extends TermWeights {
  /** The segments that have it, by their number in the list, and its parts in them. */
  places: { segment: number; parts: PlacedPart[] }[];
}

/**
 * Looks `terms` up in `segments`, those of the first of `lists`, and weighs them by their frequencies in all of them.
 * Terms that occur nowhere are weighed too: what a library does not know counts in what it could score.
 */
export function placeTerms(
  segments: readonly AnySegment[],
  { terms, passageWeight }: { terms: readonly QueryTerm[]; passageWeight: number },
  lists: readonly SegmentList[],
): PlacedTerm[] {
  const totals = lists.map(totalsOf);
  const resources = totals.reduce((sum, list) => sum + list.resources, 0);
  const passages = totals.reduce((sum, list) => sum + list.passages, 0);
  const others = lists.slice(1).flatMap(segmentsOf);
  return terms.map(term => {
    const places: PlacedTerm['places'] = [];
    const count = { resources: 0, passages: 0 };
    segments.forEach((segment, number) => {
      const parts = placeParts(segment, term, count);
      if (parts.length > 0) places.push({ segment: number, parts });
    });
    for (const segment of others) placeParts(segment, term, count);
    return {
      places,
      resourceWeight: termWeight(term, { count: count.resources, of: resources }),
      passageWeight: passageWeight * termWeight(term, { count: count.passages, of: passages }),
    };
  });
}

/** The parts of a term that `segment` has; adds their frequencies to `count`. */
function placeParts(
  segment: AnySegment,
  { parts }: QueryTerm,
  count: { resources: number; passages: number },
): PlacedPart[] {
  const placed: PlacedPart[] = [];
  for (const { key, share } of parts) {
    const place = placeOf(segment, key);
    if (place === undefined) continue;
    const { resources, passages } = frequenciesAt(segment, place);
    count.resources += share * resources;
    count.passages += share * passages;
    placed.push({ place, share });
  }
  return placed;
}
