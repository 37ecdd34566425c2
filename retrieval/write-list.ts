import {
  BLOCK_POSTINGS,
  countFrequencies,
  ENTRY_BYTES,
  firstPosting,
  GOES_ON,
  HEADER_BYTES,
  LONG,
  type Postings,
} from './posting-list.ts';
import type { SegmentUnits } from './segment.ts';

/** Seven half bytes for the gap, as there are at most 2 ** 18 units; three for the count. */
const MOST_POSTING_BYTES = 5;
/** Postings that take `LONG` bytes at least, however small they are. */
const SURELY_LONG = 2 * LONG;

/** Most bytes that `lists` lists take with so many postings in all. */
export function mostListBytes(postings: number, lists: number): number {
  const long = Math.min(lists, Math.ceil((postings * MOST_POSTING_BYTES) / LONG));
  return (
    postings * MOST_POSTING_BYTES + long * HEADER_BYTES + (postings / BLOCK_POSTINGS + long) * ENTRY_BYTES
  );
}

/**
 * Most bytes that lists take once they are appended to each other, where they took `bytes` before: the first gap of each
 * grows by three bytes at most, and what becomes long gets a header of less than two fifths of it.
 */
export function mostMergedBytes(bytes: number, lists: number): number {
  return Math.ceil(1.4 * bytes) + 3 * lists;
}

/** Writes a list of `segment` to its `lists` from `start` on and returns its bytes. */
export function writeList(
  segment: SegmentUnits & { lists: Uint8Array },
  start: number,
  postings: Postings,
): number {
  const { lists } = segment;
  if (postings.length < SURELY_LONG) {
    const end = writePostings(lists, start, postings);
    if (end - start < LONG) return end - start;
  }
  const { resources, passages } = countFrequencies(segment, postings);
  const table = start + HEADER_BYTES;
  const end = writePostings(lists, firstPosting(start, postings.length), postings, table);
  write32(lists, start, end - start);
  write32(lists, start + 4, resources);
  write32(lists, start + 8, passages);
  write32(lists, start + 12, postings.length);
  return end - start;
}

/** Writes from the byte `start` on, and the table of blocks to `table` if there is one; returns the byte behind. */
function writePostings(lists: Uint8Array, start: number, postings: Postings, table = -1): number {
  const { units, counts, length } = postings;
  let at = 2 * start;
  let before = 0;
  for (let i = 0; i < length; i++) {
    if (table >= 0 && i % BLOCK_POSTINGS === 0) {
      const entry = table + (i / BLOCK_POSTINGS) * ENTRY_BYTES;
      write32(lists, entry, before);
      write32(lists, entry + 4, at - 2 * start);
    }
    const count = counts[i]!;
    at = writeNumber(lists, at, ((units[i]! - before) << 1) | (count > 1 ? 1 : 0));
    if (count > 1) at = writeNumber(lists, at, count - 2);
    before = units[i]!;
  }
  if ((at & 1) === 1) at = writeHalf(lists, at, GOES_ON);
  return at >> 1;
}

function writeNumber(lists: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest > 7; rest >>>= 3) at = writeHalf(lists, at, (rest & 7) | GOES_ON);
  return writeHalf(lists, at, rest);
}

function writeHalf(lists: Uint8Array, at: number, half: number): number {
  if ((at & 1) === 0) lists[at >> 1] = half;
  else lists[at >> 1]! |= half << 4;
  return at + 1;
}

function write32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}
