import { type ListPlace, LONG, longSize } from './posting-list.ts';
import type { Segment } from './segment.ts';

/**
 * The terms of a segment by their keys. Keys are hashes and so evenly spread: their upper bits name one of some buckets
 * of eight terms, and only the bits below are stored. A term takes six bytes with the size of its posting list, where a
 * key, a place and two frequencies took sixteen: most terms of a library occur once.
 */
export type TermTable = Pick<
  Segment,
  'termCount' | 'bucketCount' | 'bucketTerms' | 'bucketLists' | 'keyLow' | 'keyHigh' | 'sizes'
>;

const KEY_RANGE = 2 ** 53;
const LOW_RANGE = 2 ** 32;
const BUCKET_TERMS = 8;
/** What is left of a key below must fit into 32 + 8 bits. */
const LEAST_BUCKETS = 1 << 13;
const MOST_BUCKETS = 1 << 21;

/** An empty table with room for so many terms, which must come in ascending order. */
export function createTermTable(terms: number): TermTable {
  const wanted = 2 ** Math.floor(Math.log2(Math.max(1, terms / BUCKET_TERMS)));
  const bucketCount = Math.min(MOST_BUCKETS, Math.max(LEAST_BUCKETS, wanted));
  return {
    termCount: 0,
    bucketCount,
    bucketTerms: new Uint32Array(bucketCount + 1),
    bucketLists: new Uint32Array(bucketCount),
    keyLow: new Uint32Array(terms),
    keyHigh: new Uint8Array(terms),
    sizes: new Uint8Array(terms),
  };
}

/** Adds a term whose list takes `size` bytes from `start` on. */
export function addKey(table: TermTable, key: number, start: number, size: number): void {
  const term = table.termCount++;
  const width = KEY_RANGE / table.bucketCount;
  const bucket = Math.floor(key / width);
  const rest = key - bucket * width;
  table.keyLow[term] = rest >>> 0;
  table.keyHigh[term] = Math.floor(rest / LOW_RANGE);
  table.sizes[term] = Math.min(size, LONG);
  // Counted here, added up by `closeTermTable`.
  if (table.bucketTerms[bucket + 1]!++ === 0) table.bucketLists[bucket] = start;
}

/** Makes a table ready to be read, once all terms are in. */
export function closeTermTable({ bucketTerms, bucketCount }: TermTable): void {
  for (let bucket = 0; bucket < bucketCount; bucket++) bucketTerms[bucket + 1]! += bucketTerms[bucket]!;
}

/** The list of a term, where the segment has it. */
export function findList(segment: Segment, key: number): ListPlace | undefined {
  const { bucketTerms, bucketLists, keyLow, keyHigh, sizes, lists } = segment;
  const width = KEY_RANGE / segment.bucketCount;
  const bucket = Math.floor(key / width);
  const rest = key - bucket * width;
  const low = rest >>> 0;
  const high = Math.floor(rest / LOW_RANGE);
  const first = bucketTerms[bucket]!;
  const end = bucketTerms[bucket + 1]!;
  let term = first;
  while (term < end && (keyLow[term] !== low || keyHigh[term] !== high)) term++;
  if (term === end) return undefined;
  let start = bucketLists[bucket]!;
  for (let before = first; before < term; before++) {
    const size = sizes[before]!;
    start += size === LONG ? longSize(lists, start) : size;
  }
  return placeAt(segment, term, start);
}

function placeAt({ sizes, lists }: Segment, term: number, start: number): ListPlace {
  const size = sizes[term]!;
  return size === LONG
    ? { start, size: longSize(lists, start), isLong: true }
    : { start, size, isLong: false };
}

/** Walks over the terms of a segment in ascending order. */
export interface TermWalk {
  /** Key of the term at hand; infinite behind the last. */
  key: number;
  place: ListPlace;
  next(): void;
}

export function walkTerms(segment: Segment): TermWalk {
  const { bucketTerms, keyLow, keyHigh, termCount, bucketCount } = segment;
  const width = KEY_RANGE / bucketCount;
  let term = -1;
  let bucket = 0;
  const walk: TermWalk = {
    key: 0,
    place: { start: 0, size: 0, isLong: false },
    next() {
      if (++term >= termCount) {
        walk.key = Number.POSITIVE_INFINITY;
        return;
      }
      while (bucketTerms[bucket + 1]! <= term) bucket++;
      walk.key = bucket * width + keyHigh[term]! * LOW_RANGE + keyLow[term]!;
      walk.place = placeAt(segment, term, walk.place.start + walk.place.size);
    },
  };
  walk.next();
  return walk;
}
