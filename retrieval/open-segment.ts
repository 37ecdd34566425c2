import type { Pacer } from './pacer.ts';
import { createPostings, type Postings } from './posting-list.ts';
import { HEADER_UNITS, type Segment, type SegmentUnits } from './segment.ts';
import type { TermStream } from './term-stream.ts';
import { addKey, closeTermTable, createTermTable } from './term-table.ts';
import { trimmed } from './trimmed.ts';
import { mostListBytes, writeList } from './write-list.ts';

/** The length of a passage counts up to here: indexes of 16 bits began it, and no real passage comes near. */
const LONGEST_PASSAGE = 65_535;

/** The segment that still takes resources: postings are chained per term in order of arrival. */
export interface OpenSegment extends SegmentUnits {
  postingCount: number;
  termCount: number;
  buckets: Int32Array;
  termKey: Float64Array;
  termNext: Int32Array;
  termHead: Int32Array;
  termTail: Int32Array;
  resourceFrequency: Uint32Array;
  passageFrequency: Uint32Array;
  /** Term -> number, from 1 on, of the last resource that has it in title or description. */
  termHeader: Int32Array;
  postingUnit: Uint32Array;
  postingCounts: Uint8Array;
  postingNext: Int32Array;
  /** Of the resource being added: its first unit, its slot, its passages, and terms of title and description. */
  first: number;
  slot: number;
  passages: number;
  headerLength: number;
}

/** A power of two; chains stay short up to some 100,000 terms, and no table ever has to be filled anew at once. */
const BUCKETS = 1 << 16;

export function createOpenSegment(): OpenSegment {
  return {
    resourceCount: 0,
    unitCount: 0,
    firstOf: new Uint32Array(256),
    layout: new Uint32Array(256),
    ids: new Float64Array(256),
    totalResourceLength: 0,
    totalPassageLength: 0,
    postingCount: 0,
    termCount: 0,
    buckets: new Int32Array(BUCKETS).fill(-1),
    termKey: new Float64Array(4096),
    termNext: new Int32Array(4096),
    termHead: new Int32Array(4096),
    termTail: new Int32Array(4096),
    resourceFrequency: new Uint32Array(4096),
    passageFrequency: new Uint32Array(4096),
    termHeader: new Int32Array(4096),
    postingUnit: new Uint32Array(16_384),
    postingCounts: new Uint8Array(16_384),
    postingNext: new Int32Array(16_384),
    first: 0,
    slot: 0,
    passages: 0,
    headerLength: 0,
  };
}

/** Opens a resource with its place in the table of the index and its number of passages; its units follow. */
export function beginResource(open: OpenSegment, slot: number, passages: number): void {
  open.resourceCount++;
  open.first = open.unitCount;
  open.slot = slot;
  open.passages = passages;
  open.headerLength = 0;
}

/** Adds the next unit of the open resource: title, description, then each passage with its id. */
export function addUnit(open: OpenSegment, terms: TermStream, passageId: number): void {
  const { first } = open;
  const unit = open.unitCount++;
  const place = unit - first;
  open.firstOf = grown(open.firstOf, unit);
  open.layout = grown(open.layout, unit + 1);
  open.ids = grown(open.ids, unit);
  open.firstOf[unit] = first;
  const counted = terms.length * (place === 0 ? 2 : 1);
  open.layout[first] = (place === 0 ? 0 : open.layout[first]!) + counted;
  open.totalResourceLength += counted;
  if (place < HEADER_UNITS) {
    open.ids[unit] = place === 0 ? open.slot : 0;
    open.headerLength += terms.length;
  } else {
    open.ids[unit] = passageId;
    open.layout[unit] = Math.min(LONGEST_PASSAGE, terms.length + open.headerLength);
    open.totalPassageLength += open.layout[unit]!;
  }
  open.layout[first + 1] = unit + 1;
  for (let i = 0; i < terms.count; i++) addPosting(open, terms.keys[i]!, unit, place);
}

function addPosting(open: OpenSegment, key: number, unit: number, place: number): void {
  const term = termOf(open, key);
  const tail = open.termTail[term]!;
  if (tail >= 0 && open.postingUnit[tail] === unit) {
    if (open.postingCounts[tail]! < 255) open.postingCounts[tail]!++;
    return;
  }
  if (tail < 0 || open.postingUnit[tail]! < open.first) open.resourceFrequency[term]!++;
  if (place < HEADER_UNITS) {
    if (open.termHeader[term] !== open.resourceCount) open.passageFrequency[term]! += open.passages;
    open.termHeader[term] = open.resourceCount;
  } else if (open.termHeader[term] !== open.resourceCount) open.passageFrequency[term]!++;
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
  const { resourceCount, unitCount, postingCount, totalResourceLength, totalPassageLength } = open;
  const segment: Segment = {
    ...createTermTable(keys.length),
    resourceCount,
    unitCount,
    postingCount,
    totalResourceLength,
    totalPassageLength,
    firstOf: open.firstOf.slice(0, unitCount),
    layout: open.layout.slice(0, unitCount),
    ids: open.ids.slice(0, unitCount),
    lists: new Uint8Array(mostListBytes(postingCount, keys.length)),
  };
  const postings = createPostings(unitCount);
  let end = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    postings.length = 0;
    readOpenList(open, findOpenTerm(open, key), postings);
    const size = writeList(segment, end, postings);
    addKey(segment, key, end, size);
    end += size;
    if ((i & 511) === 0 && pacer.due()) await pacer.pause();
  }
  closeTermTable(segment);
  return { ...segment, lists: await trimmed(segment.lists, end, pacer) };
}

/** Reads all postings of a term behind what `into` has. */
export function readOpenList(open: OpenSegment, term: number, into: Postings): void {
  let { length } = into;
  for (let at = open.termHead[term]!; at >= 0; at = open.postingNext[at]!) {
    into.units[length] = open.postingUnit[at]!;
    into.counts[length++] = open.postingCounts[at]!;
  }
  into.length = length;
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
function grown<A extends Uint8Array | Uint32Array | Int32Array | Float64Array>(array: A, index: number): A {
  if (index < array.length) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(array.length * 2, index + 1));
  longer.set(array);
  return longer;
}
