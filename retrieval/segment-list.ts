import type { LanguageFamily } from './language.ts';
import { mergeSegments } from './merge-segments.ts';
import { closeSegment, createOpenSegment, type OpenSegment } from './open-segment.ts';
import type { Pacer } from './pacer.ts';
import { frequenciesAt, placeOf } from './read-postings.ts';
import { MAX_UNITS, passageCountOf, type Segment } from './segment.ts';

/** All resources of one language family: closed segments and the one that still takes resources. */
export interface SegmentList {
  family: LanguageFamily;
  closed: Segment[];
  open: OpenSegment;
}

/** Sizes of a list: what idf and length normalisation need. Resources gone but not yet merged away are counted. */
export interface ListTotals {
  resources: number;
  passages: number;
  averageResource: number;
  averagePassage: number;
}

/** The open segment is closed beyond this: sorting it takes some 15 ms, in slices. */
const OPEN_POSTINGS = 200_000;
/** So many segments of about one size become one. */
const MERGED_AT_ONCE = 4;
/** No merge beyond this, which keeps the spare memory of one merge below some 150 MB. */
const LARGEST_POSTINGS = 60_000_000;
/** A segment is rewritten when more than this share of its resources is gone. */
const THINNED = 0.3;

export function createSegmentList(family: LanguageFamily): SegmentList {
  return { family, closed: [], open: createOpenSegment() };
}

/** Every segment, the open one last. */
export function segmentsOf(list: SegmentList): (Segment | OpenSegment)[] {
  return [...list.closed, list.open];
}

export function totalsOf(list: SegmentList): ListTotals {
  let resources = 0;
  let passages = 0;
  let resourceLength = 0;
  let passageLength = 0;
  for (const segment of segmentsOf(list)) {
    resources += segment.resourceCount;
    passages += passageCountOf(segment);
    resourceLength += segment.totalResourceLength;
    passageLength += segment.totalPassageLength;
  }
  return {
    resources,
    passages,
    averageResource: Math.max(1, resourceLength / Math.max(1, resources)),
    averagePassage: Math.max(1, passageLength / Math.max(1, passages)),
  };
}

/** In how many resources of a list a term is, those counted that are gone but not yet merged away. */
export function resourcesWith(list: SegmentList, key: number): number {
  let count = 0;
  for (const segment of segmentsOf(list)) {
    const place = placeOf(segment, key);
    if (place !== undefined) count += frequenciesAt(segment, place).resources;
  }
  return count;
}

/** Whether `passages` more units need a new open segment. */
export function isFull(list: SegmentList, units: number): boolean {
  return list.open.postingCount >= OPEN_POSTINGS || list.open.unitCount + units > MAX_UNITS;
}

/** Closes the open segment and starts an empty one. Nothing may be added to the list meanwhile. */
export async function closeOpen(list: SegmentList, pacer: Pacer): Promise<void> {
  if (list.open.resourceCount === 0) return;
  const closed = await closeSegment(list.open, pacer);
  list.closed = [...list.closed, closed];
  list.open = createOpenSegment();
}

/** Merges segments of similar size and rewrites those with many resources gone, until nothing is left to do. */
export async function tidySegments(
  list: SegmentList,
  isLive: (slot: number) => boolean,
  pacer: Pacer,
): Promise<void> {
  for (;;) {
    const group = thinnedGroup(list, isLive) ?? crowdedGroup(list);
    if (!group) return;
    const merged = await mergeSegments(group, isLive, pacer);
    const kept = list.closed.filter(segment => !group.includes(segment));
    list.closed = merged.resourceCount > 0 ? [...kept, merged] : kept;
  }
}

function thinnedGroup(list: SegmentList, isLive: (slot: number) => boolean): Segment[] | undefined {
  const thinned = list.closed.find(segment => {
    let gone = 0;
    for (let first = 0; first < segment.unitCount; first = segment.layout[first + 1]!)
      if (!isLive(segment.ids[first]!)) gone++;
    return gone > segment.resourceCount * THINNED;
  });
  return thinned && [thinned];
}

function crowdedGroup(list: SegmentList): Segment[] | undefined {
  const tiers = new Map<number, Segment[]>();
  for (const segment of list.closed) {
    const tier = Math.floor(
      Math.log(Math.max(1, segment.postingCount / OPEN_POSTINGS)) / Math.log(MERGED_AT_ONCE),
    );
    tiers.set(tier, [...(tiers.get(tier) ?? []), segment]);
  }
  for (const tier of tiers.values()) {
    const group = tier.sort((a, b) => a.unitCount - b.unitCount).slice(0, MERGED_AT_ONCE);
    const units = group.reduce((sum, segment) => sum + segment.unitCount, 0);
    const postings = group.reduce((sum, segment) => sum + segment.postingCount, 0);
    if (group.length === MERGED_AT_ONCE && units <= MAX_UNITS && postings <= LARGEST_POSTINGS) return group;
  }
  return undefined;
}
