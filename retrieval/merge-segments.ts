import type { Pacer } from './pacer.ts';
import { HEADER_UNITS, type Segment } from './segment.ts';

/** The postings of one term while they are copied. */
interface Copy {
  source: Segment;
  /** Old unit -> new unit, or -1 where its resource is gone. */
  unitOf: Int32Array;
  /** Whether a resource of the source is gone. */
  thinned: boolean;
  term: number;
}

/** One segment with the resources of `sources` that are still live by `isLive(slot)`, in their order. */
export async function mergeSegments(
  sources: readonly Segment[],
  isLive: (slot: number) => boolean,
  pacer: Pacer,
): Promise<Segment> {
  const merged = emptySegment(sources);
  const copies = sources.map(source => copyUnits(source, merged, isLive));
  let posting = 0;
  for (let steps = 0; ; steps++) {
    const key = leastKey(copies);
    if (key === Number.POSITIVE_INFINITY) break;
    const first = posting;
    let resources = 0;
    let passages = 0;
    for (const copy of copies) {
      if (copy.source.keys[copy.term] !== key) continue;
      const from = posting;
      posting = copyPostings(copy, merged, posting);
      if (copy.thinned) {
        const [liveResources, livePassages] = frequencies(merged, from, posting);
        resources += liveResources;
        passages += livePassages;
      } else {
        resources += copy.source.resourceFrequency[copy.term]!;
        passages += copy.source.passageFrequency[copy.term]!;
      }
      copy.term++;
    }
    if (posting > first) {
      const term = merged.termCount++;
      merged.keys[term] = key;
      merged.resourceFrequency[term] = resources;
      merged.passageFrequency[term] = passages;
      merged.starts[term + 1] = posting;
    }
    if ((steps & 255) === 0 && pacer.due()) await pacer.pause();
  }
  return trim(merged, posting);
}

function emptySegment(sources: readonly Segment[]): Segment {
  const sum = (size: (source: Segment) => number) =>
    sources.reduce((total, source) => total + size(source), 0);
  const resources = sum(source => source.resourceCount);
  const units = sum(source => source.unitCount);
  const terms = sum(source => source.termCount);
  const postings = sum(source => source.units.length);
  return {
    resourceCount: 0,
    unitCount: 0,
    resourceOf: new Uint16Array(units),
    firstUnit: new Uint16Array(resources + 1),
    unitLength: new Uint16Array(units),
    resourceLength: new Float32Array(resources),
    passageId: new Float64Array(units),
    slot: new Uint32Array(resources),
    totalResourceLength: 0,
    totalPassageLength: 0,
    termCount: 0,
    keys: new Float64Array(terms),
    starts: new Uint32Array(terms + 1),
    resourceFrequency: new Uint16Array(terms),
    passageFrequency: new Uint16Array(terms),
    units: new Uint16Array(postings),
    counts: new Uint8Array(postings),
  };
}

function copyUnits(source: Segment, merged: Segment, isLive: (slot: number) => boolean): Copy {
  const unitOf = new Int32Array(source.unitCount).fill(-1);
  let thinned = false;
  for (let resource = 0; resource < source.resourceCount; resource++) {
    if (!isLive(source.slot[resource]!)) {
      thinned = true;
      continue;
    }
    const to = merged.resourceCount++;
    merged.slot[to] = source.slot[resource]!;
    merged.resourceLength[to] = source.resourceLength[resource]!;
    merged.totalResourceLength += source.resourceLength[resource]!;
    const first = source.firstUnit[resource]!;
    for (let unit = first; unit < source.firstUnit[resource + 1]!; unit++) {
      const place = merged.unitCount++;
      unitOf[unit] = place;
      merged.resourceOf[place] = to;
      merged.unitLength[place] = source.unitLength[unit]!;
      if (unit >= first + HEADER_UNITS) merged.totalPassageLength += source.unitLength[unit]!;
      merged.passageId[place] = source.passageId[unit]!;
    }
    merged.firstUnit[to + 1] = merged.unitCount;
  }
  return { source, unitOf, thinned, term: 0 };
}

function leastKey(copies: readonly Copy[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { source, term } of copies) {
    if (term < source.termCount && source.keys[term]! < least) least = source.keys[term]!;
  }
  return least;
}

function copyPostings(copy: Copy, merged: Segment, posting: number): number {
  const { source, unitOf, term } = copy;
  let to = posting;
  for (let at = source.starts[term]!; at < source.starts[term + 1]!; at++) {
    const unit = unitOf[source.units[at]!]!;
    if (unit < 0) continue;
    merged.units[to] = unit;
    merged.counts[to++] = source.counts[at]!;
  }
  return to;
}

/** Number of resources, and of passages counting title and description, among postings `from` to `to`. */
function frequencies(merged: Segment, from: number, to: number): [number, number] {
  let resources = 0;
  let passages = 0;
  let at = from;
  while (at < to) {
    const resource = merged.resourceOf[merged.units[at]!]!;
    const first = merged.firstUnit[resource]!;
    const end = merged.firstUnit[resource + 1]!;
    const inHeader = merged.units[at]! < first + HEADER_UNITS;
    let found = 0;
    while (at < to && merged.units[at]! < end) {
      at++;
      found++;
    }
    resources++;
    passages += inHeader ? end - first - HEADER_UNITS : found;
  }
  return [resources, passages];
}

function trim(merged: Segment, postings: number): Segment {
  const { resourceCount, unitCount, termCount } = merged;
  const { totalResourceLength, totalPassageLength } = merged;
  const cut = <A extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(
    array: A,
    length: number,
  ): A => (array.length === length ? array : (array.slice(0, length) as A));
  return {
    resourceCount,
    unitCount,
    termCount,
    totalResourceLength,
    totalPassageLength,
    resourceOf: cut(merged.resourceOf, unitCount),
    firstUnit: cut(merged.firstUnit, resourceCount + 1),
    unitLength: cut(merged.unitLength, unitCount),
    resourceLength: cut(merged.resourceLength, resourceCount),
    passageId: cut(merged.passageId, unitCount),
    slot: cut(merged.slot, resourceCount),
    keys: cut(merged.keys, termCount),
    starts: cut(merged.starts, termCount + 1),
    resourceFrequency: cut(merged.resourceFrequency, termCount),
    passageFrequency: cut(merged.passageFrequency, termCount),
    units: cut(merged.units, postings),
    counts: cut(merged.counts, postings),
  };
}
