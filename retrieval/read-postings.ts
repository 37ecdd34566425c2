import { findOpenTerm, type OpenSegment, readOpenList } from './open-segment.ts';
import {
  countFrequencies,
  createPostings,
  type Frequencies,
  type ListPlace,
  longFrequencies,
  type Postings,
  readList,
  readListOf,
} from './posting-list.ts';
import { MAX_UNITS, type Segment, type SegmentUnits } from './segment.ts';
import { findList } from './term-table.ts';

/** A segment of either kind. */
export type AnySegment = Segment | OpenSegment;
/** Where a term's postings are: a list of a closed segment, or the number of the term in an open one. */
export type TermPlace = ListPlace | number;

/** A part of a query's term within one segment. */
export interface PlacedPart {
  place: TermPlace;
  share: number;
}

const [one, other] = [createPostings(MAX_UNITS), createPostings(MAX_UNITS)];
/** Sums of counts by unit, and a bit for every unit that has one: so they come out in order without being sorted. */
const sums = new Float32Array(MAX_UNITS);
const summed = new Uint32Array(MAX_UNITS / 32);

/** Where `segment` has a term, if it does. */
export function placeOf(segment: AnySegment, key: number): TermPlace | undefined {
  if ('lists' in segment) return findList(segment, key);
  const term = findOpenTerm(segment, key);
  return term < 0 ? undefined : term;
}

/** In how many resources and passages of `segment` the term at `place` is, those counted that are gone. */
export function frequenciesAt(segment: AnySegment, place: TermPlace): Frequencies {
  if (typeof place === 'number') {
    const { resourceFrequency, passageFrequency } = segment as OpenSegment;
    return { resources: resourceFrequency[place]!, passages: passageFrequency[place]! };
  }
  const { lists } = segment as Segment;
  if (place.isLong) return longFrequencies(lists, place.start);
  one.length = 0;
  readList(lists, place, one);
  return countFrequencies(segment, one);
}

/**
 * The postings of a query's term in a segment: all, or those of some resources (their first units, ascending). What is
 * returned is overwritten by the next call.
 */
export function readPostings(
  segment: AnySegment,
  parts: readonly PlacedPart[],
  resources?: Uint32Array,
): Postings {
  if (parts.length === 1) return readPart(segment, parts[0]!, one, resources);
  for (const part of parts) addToSums(readPart(segment, part, other, resources));
  return takeSums(one);
}

function readPart(
  segment: AnySegment,
  { place, share }: PlacedPart,
  into: Postings,
  resources?: Uint32Array,
): Postings {
  into.length = 0;
  if (typeof place === 'number') {
    readOpenList(segment as OpenSegment, place, into);
    if (resources) keepResources(segment, resources, into);
  } else if (resources) readListOf((segment as Segment).lists, place, segment, resources, into);
  else readList((segment as Segment).lists, place, into);
  if (share !== 1) for (let i = 0; i < into.length; i++) into.counts[i]! *= share;
  return into;
}

function keepResources({ firstOf }: SegmentUnits, resources: Uint32Array, postings: Postings): void {
  let kept = 0;
  let next = 0;
  for (let at = 0; at < postings.length; at++) {
    const unit = postings.units[at]!;
    while (next < resources.length && resources[next]! < firstOf[unit]!) next++;
    if (resources[next] !== firstOf[unit]) continue;
    postings.units[kept] = unit;
    postings.counts[kept++] = postings.counts[at]!;
  }
  postings.length = kept;
}

function addToSums({ units, counts, length }: Postings): void {
  for (let at = 0; at < length; at++) {
    const unit = units[at]!;
    sums[unit]! += counts[at]!;
    summed[unit >>> 5]! |= 1 << (unit & 31);
  }
}

/** Moves the sums into `into`, ascending by unit. */
function takeSums(into: Postings): Postings {
  let length = 0;
  for (let word = 0; word < summed.length; word++) {
    for (let rest = summed[word]!; rest !== 0; rest &= rest - 1) {
      const unit = word * 32 + 31 - Math.clz32(rest & -rest);
      into.units[length] = unit;
      into.counts[length++] = sums[unit]!;
      sums[unit] = 0;
    }
    summed[word] = 0;
  }
  into.length = length;
  return into;
}
