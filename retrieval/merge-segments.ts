import type { Pacer } from './pacer.ts';
import { createPostings, type Postings, readList } from './posting-list.ts';
import { HEADER_UNITS, type Segment } from './segment.ts';
import { addKey, closeTermTable, createTermTable, type TermWalk, walkTerms } from './term-table.ts';
import { trimmed } from './trimmed.ts';
import { mostMergedBytes, writeList } from './write-list.ts';

/** A segment while its postings are copied. */
interface Copy {
  source: Segment;
  walk: TermWalk;
  /** What is added to a unit's number, where all resources are kept. */
  base: number;
  /** Old unit -> new unit, or -1 where its resource is gone; null where none is. */
  unitOf: Int32Array | null;
}

/** One segment with the resources of `sources` that are still live by `isLive(slot)`, in their order. */
export async function mergeSegments(
  sources: readonly Segment[],
  isLive: (slot: number) => boolean,
  pacer: Pacer,
): Promise<Segment> {
  const merged = emptySegment(sources);
  const copies: Copy[] = [];
  for (const source of sources) copies.push(await copyUnits(source, merged, isLive, pacer));
  const postings = createPostings(merged.firstOf.length);
  let end = 0;
  for (let steps = 0; ; steps++) {
    const key = leastKey(copies);
    if (key === Number.POSITIVE_INFINITY) break;
    copyPostings(copies, key, postings);
    if (postings.length > 0) {
      const size = writeList(merged, end, postings);
      addKey(merged, key, end, size);
      end += size;
      merged.postingCount += postings.length;
    }
    if ((steps & 127) === 0 && pacer.due()) await pacer.pause();
  }
  closeTermTable(merged);
  return {
    ...merged,
    firstOf: await trimmed(merged.firstOf, merged.unitCount, pacer),
    layout: await trimmed(merged.layout, merged.unitCount, pacer),
    ids: await trimmed(merged.ids, merged.unitCount, pacer),
    keyLow: await trimmed(merged.keyLow, merged.termCount, pacer),
    keyHigh: await trimmed(merged.keyHigh, merged.termCount, pacer),
    sizes: await trimmed(merged.sizes, merged.termCount, pacer),
    lists: await trimmed(merged.lists, end, pacer),
  };
}

/** Room for everything in `sources`. */
function emptySegment(sources: readonly Segment[]): Segment {
  const sum = (size: (source: Segment) => number) =>
    sources.reduce((total, source) => total + size(source), 0);
  const units = sum(source => source.unitCount);
  const terms = sum(source => source.termCount);
  return {
    ...createTermTable(terms),
    resourceCount: 0,
    unitCount: 0,
    postingCount: 0,
    firstOf: new Uint32Array(units),
    layout: new Uint32Array(units),
    ids: new Float64Array(units),
    totalResourceLength: 0,
    totalPassageLength: 0,
    lists: new Uint8Array(
      mostMergedBytes(
        sum(source => source.lists.length),
        terms,
      ),
    ),
  };
}

async function copyUnits(
  source: Segment,
  merged: Segment,
  isLive: (slot: number) => boolean,
  pacer: Pacer,
): Promise<Copy> {
  const base = merged.unitCount;
  const unitOf = new Int32Array(source.unitCount).fill(-1);
  const { layout, ids } = source;
  for (let first = 0; first < source.unitCount; first = layout[first + 1]!) {
    if (pacer.due()) await pacer.pause();
    if (!isLive(ids[first]!)) continue;
    const shift = merged.unitCount - first;
    const end = layout[first + 1]!;
    merged.resourceCount++;
    merged.totalResourceLength += layout[first]!;
    for (let unit = first; unit < end; unit++) {
      const to = merged.unitCount++;
      unitOf[unit] = to;
      merged.firstOf[to] = first + shift;
      merged.layout[to] = layout[unit]!;
      merged.ids[to] = ids[unit]!;
      if (unit >= first + HEADER_UNITS) merged.totalPassageLength += layout[unit]!;
    }
    merged.layout[first + shift + 1] = end + shift;
  }
  const isWhole = merged.unitCount - base === source.unitCount;
  return { source, walk: walkTerms(source), base, unitOf: isWhole ? null : unitOf };
}

function leastKey(copies: readonly Copy[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { walk } of copies) if (walk.key < least) least = walk.key;
  return least;
}

/** Reads the postings of the term with `key` out of all copies, numbered anew, and goes on to their next terms. */
function copyPostings(copies: readonly Copy[], key: number, into: Postings): void {
  into.length = 0;
  for (const { source, walk, base, unitOf } of copies) {
    if (walk.key !== key) continue;
    const from = into.length;
    readList(source.lists, walk.place, into, unitOf ? 0 : base);
    if (unitOf) renumber(into, from, unitOf);
    walk.next();
  }
}

function renumber(postings: Postings, from: number, unitOf: Int32Array): void {
  const { units, counts } = postings;
  let to = from;
  for (let at = from; at < postings.length; at++) {
    const unit = unitOf[units[at]!]!;
    if (unit < 0) continue;
    units[to] = unit;
    counts[to++] = counts[at]!;
  }
  postings.length = to;
}
