import type { Pacer } from './pacer.ts';
import { HEADER_UNITS, type Segment, type SegmentUnits } from './segment.ts';
import type { TermStream } from './term-stream.ts';

/** The segment that still takes resources: postings are chained per term in order of arrival. */
export interface OpenSegment extends SegmentUnits {
  postingCount: number;
  termCount: number;
  buckets: Int32Array;
  termKey: Float64Array;
  termNext: Int32Array;
  termHead: Int32Array;
  termTail: Int32Array;
  resourceFrequency: Uint16Array;
  passageFrequency: Uint16Array;
  /** Term -> 1 + the last resource that has it in title or description. */
  termHeader: Int32Array;
  postingUnit: Uint16Array;
  postingCounts: Uint8Array;
  postingNext: Int32Array;
  /** Number of passages of the resource being added. */
  passages: number;
}

/** A power of two; chains stay short up to some 100,000 terms, and no table ever has to be filled anew at once. */
const BUCKETS = 1 << 16;

export function createOpenSegment(): OpenSegment {
  return {
    resourceCount: 0,
    unitCount: 0,
    resourceOf: new Uint16Array(256),
    firstUnit: new Uint16Array(256),
    unitLength: new Uint16Array(256),
    resourceLength: new Float32Array(256),
    passageId: new Float64Array(256),
    slot: new Uint32Array(256),
    totalResourceLength: 0,
    totalPassageLength: 0,
    postingCount: 0,
    termCount: 0,
    buckets: new Int32Array(BUCKETS).fill(-1),
    termKey: new Float64Array(4096),
    termNext: new Int32Array(4096),
    termHead: new Int32Array(4096),
    termTail: new Int32Array(4096),
    resourceFrequency: new Uint16Array(4096),
    passageFrequency: new Uint16Array(4096),
    termHeader: new Int32Array(4096),
    postingUnit: new Uint16Array(16_384),
    postingCounts: new Uint8Array(16_384),
    postingNext: new Int32Array(16_384),
    passages: 0,
  };
}

/** Opens a resource with its place in the table of the index and its number of passages; its units follow. */
export function beginResource(open: OpenSegment, slot: number, passages: number): void {
  const resource = open.resourceCount++;
  open.slot = grown(open.slot, resource);
  open.slot[resource] = slot;
  open.resourceLength = grown(open.resourceLength, resource);
  open.firstUnit = grown(open.firstUnit, resource + 1);
  open.firstUnit[resource] = open.unitCount;
  open.firstUnit[resource + 1] = open.unitCount;
  open.passages = passages;
}

/** Adds the next unit of the open resource: title, description, then each passage with its id. */
export function addUnit(open: OpenSegment, terms: TermStream, passageId: number): void {
  const resource = open.resourceCount - 1;
  const unit = open.unitCount++;
  const place = unit - open.firstUnit[resource]!;
  open.resourceOf = grown(open.resourceOf, unit);
  open.unitLength = grown(open.unitLength, unit);
  open.passageId = grown(open.passageId, unit);
  open.resourceOf[unit] = resource;
  open.passageId[unit] = passageId;
  open.firstUnit[resource + 1] = open.unitCount;
  const header =
    place < HEADER_UNITS ? 0 : open.unitLength[unit - place]! + open.unitLength[unit - place + 1]!;
  open.unitLength[unit] = Math.min(65_535, terms.length + header);
  const counted = terms.length * (place === 0 ? 2 : 1);
  open.resourceLength[resource]! += counted;
  open.totalResourceLength += counted;
  if (place >= HEADER_UNITS) open.totalPassageLength += open.unitLength[unit]!;
  for (let i = 0; i < terms.count; i++) addPosting(open, terms.keys[i]!, unit, resource, place);
}

function addPosting(open: OpenSegment, key: number, unit: number, resource: number, place: number): void {
  const term = termOf(open, key);
  const tail = open.termTail[term]!;
  if (tail >= 0 && open.postingUnit[tail] === unit) {
    if (open.postingCounts[tail]! < 255) open.postingCounts[tail]!++;
    return;
  }
  if (tail < 0 || open.postingUnit[tail]! < open.firstUnit[resource]!) open.resourceFrequency[term]!++;
  if (place < HEADER_UNITS) {
    if (open.termHeader[term] !== resource + 1) open.passageFrequency[term]! += open.passages;
    open.termHeader[term] = resource + 1;
  } else if (open.termHeader[term] !== resource + 1) open.passageFrequency[term]!++;
  const posting = open.postingCount++;
  if (posting >= open.postingUnit.length) {
    open.postingUnit = grown(open.postingUnit, posting);
    open.postingCounts = grown(open.postingCounts, posting);
    open.postingNext = grown(open.postingNext, posting);
  }
  open.postingUnit[posting] = unit;
  open.postingCounts[posting] = 1;
  open.postingNext[posting] = -1;
  if (tail < 0) open.termHead[term] = posting;
  else open.postingNext[tail] = posting;
  open.termTail[term] = posting;
}

/** Number of the term with `key`, or -1. */
export function findOpenTerm(open: OpenSegment, key: number): number {
  let term = open.buckets[key & (BUCKETS - 1)]!;
  while (term >= 0 && open.termKey[term] !== key) term = open.termNext[term]!;
  return term;
}

function termOf(open: OpenSegment, key: number): number {
  const known = findOpenTerm(open, key);
  if (known >= 0) return known;
  const term = open.termCount++;
  if (term >= open.termKey.length) {
    open.termKey = grown(open.termKey, term);
    open.termNext = grown(open.termNext, term);
    open.termHead = grown(open.termHead, term);
    open.termTail = grown(open.termTail, term);
    open.resourceFrequency = grown(open.resourceFrequency, term);
    open.passageFrequency = grown(open.passageFrequency, term);
    open.termHeader = grown(open.termHeader, term);
  }
  const bucket = key & (BUCKETS - 1);
  open.termKey[term] = key;
  open.termNext[term] = open.buckets[bucket]!;
  open.termTail[term] = -1;
  open.buckets[bucket] = term;
  return term;
}

/** The same content as an unchanging segment. Nothing may be added meanwhile. */
export async function closeSegment(open: OpenSegment, pacer: Pacer): Promise<Segment> {
  const keys = await sortedKeys(open, pacer);
  const segment: Segment = {
    resourceCount: open.resourceCount,
    unitCount: open.unitCount,
    resourceOf: open.resourceOf.slice(0, open.unitCount),
    firstUnit: open.firstUnit.slice(0, open.resourceCount + 1),
    unitLength: open.unitLength.slice(0, open.unitCount),
    resourceLength: open.resourceLength.slice(0, open.resourceCount),
    passageId: open.passageId.slice(0, open.unitCount),
    slot: open.slot.slice(0, open.resourceCount),
    totalResourceLength: open.totalResourceLength,
    totalPassageLength: open.totalPassageLength,
    termCount: open.termCount,
    keys,
    starts: new Uint32Array(open.termCount + 1),
    resourceFrequency: new Uint16Array(open.termCount),
    passageFrequency: new Uint16Array(open.termCount),
    units: new Uint16Array(open.postingCount),
    counts: new Uint8Array(open.postingCount),
  };
  let posting = 0;
  for (let i = 0; i < keys.length; i++) {
    const term = findOpenTerm(open, keys[i]!);
    segment.resourceFrequency[i] = open.resourceFrequency[term]!;
    segment.passageFrequency[i] = open.passageFrequency[term]!;
    for (let at = open.termHead[term]!; at >= 0; at = open.postingNext[at]!) {
      segment.units[posting] = open.postingUnit[at]!;
      segment.counts[posting++] = open.postingCounts[at]!;
    }
    segment.starts[i + 1] = posting;
    if ((i & 1023) === 0 && pacer.due()) await pacer.pause();
  }
  return segment;
}

/** All keys in ascending order: spread over ranges of the hash, then sorted range by range. */
async function sortedKeys(open: OpenSegment, pacer: Pacer): Promise<Float64Array> {
  const ranges = Math.max(1, open.termCount >> 9);
  const rangeOf = (term: number) => Math.floor((open.termKey[term]! / 2 ** 53) * ranges);
  const ends = new Int32Array(ranges + 1);
  for (let term = 0; term < open.termCount; term++) ends[rangeOf(term) + 1]!++;
  for (let range = 0; range < ranges; range++) ends[range + 1]! += ends[range]!;
  const next = ends.slice();
  const keys = new Float64Array(open.termCount);
  for (let term = 0; term < open.termCount; term++) keys[next[rangeOf(term)]!++] = open.termKey[term]!;
  for (let range = 0; range < ranges; range++) {
    keys.subarray(ends[range], ends[range + 1]).sort();
    if (pacer.due()) await pacer.pause();
  }
  return keys;
}

/** `array`, or twice as long a copy of it where `index` is beyond its end. */
function grown<A extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array>(
  array: A,
  index: number,
): A {
  if (index < array.length) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(array.length * 2, index + 1));
  longer.set(array);
  return longer;
}
