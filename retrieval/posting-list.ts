import { HEADER_UNITS, type SegmentUnits } from './segment.ts';

/**
 * A posting list is a run of half bytes, ascending by unit. A number takes three bits a half byte, the lowest first; the
 * fourth bit says that it goes on. A posting is twice the gap to the unit before (to 0 for the first), plus 1 where the
 * count is above 1; then, in that case, the count less 2. Most postings of a library take a byte or less, where arrays
 * of numbers take three. A half byte that would be left over at the end is a number without an end.
 *
 * Lists of `LONG` bytes and more begin with a header, so that a search can leap: bytes of the whole list, resources,
 * passages and postings; then per block of postings the unit before its first and its place after the header in half
 * bytes (32 bits each). `LONG` stands in the place of their size in the table of terms.
 */
export const LONG = 255;
/** Set in a half byte after which the number goes on. */
export const GOES_ON = 8;
export const BLOCK_POSTINGS = 64;
export const HEADER_BYTES = 16;
export const ENTRY_BYTES = 8;

/** Postings, ascending by unit. Counts are fractions where a term of a query has several parts. */
export interface Postings {
  length: number;
  units: Uint32Array;
  counts: Float32Array;
}

export function createPostings(size: number): Postings {
  return { length: 0, units: new Uint32Array(size), counts: new Float32Array(size) };
}

/** Numbers of resources with a term, and of passages with it, be it in their title or description. */
export interface Frequencies {
  resources: number;
  passages: number;
}

/** Where a list begins and ends. */
export interface ListPlace {
  start: number;
  size: number;
  isLong: boolean;
}

/** Bytes of the list that begins at `start`. */
export function longSize(lists: Uint8Array, start: number): number {
  return read32(lists, start);
}

/**
 * Reads a whole list behind what `into` has, `base` added to its units. The same as `nextPosting` again and again, written
 * out: most of what a search and a merge read is read here.
 */
export function readList(lists: Uint8Array, place: ListPlace, into: Postings, base = 0): void {
  const { units, counts } = into;
  let { at, end } = openList(lists, place);
  let { length } = into;
  let unit = base;
  // A number without an end fills the last half byte where it would be left over.
  if (end > at && lists[(end >> 1) - 1]! >> 4 === GOES_ON) end--;
  while (at < end) {
    let half = (lists[at >> 1]! >> ((at & 1) << 2)) & 15;
    at++;
    let value = half & 7;
    for (let shift = 3; half > 7; shift += 3) {
      half = (lists[at >> 1]! >> ((at & 1) << 2)) & 15;
      at++;
      value |= (half & 7) << shift;
    }
    unit += value >>> 1;
    let count = 1;
    if ((value & 1) === 1) {
      count = 2;
      let shift = 0;
      do {
        half = (lists[at >> 1]! >> ((at & 1) << 2)) & 15;
        at++;
        count += (half & 7) << shift;
        shift += 3;
      } while (half > 7);
    }
    units[length] = unit;
    counts[length++] = count;
  }
  into.length = length;
}

/** Where the reading of a list is, in half bytes, and the posting read last. */
interface Cursor {
  at: number;
  end: number;
  unit: number;
  count: number;
}

function openList(lists: Uint8Array, { start, size, isLong }: ListPlace): Cursor {
  const first = isLong ? firstPosting(start, read32(lists, start + 12)) : start;
  return { at: 2 * first, end: 2 * (start + size), unit: 0, count: 0 };
}

/** Reads one posting; false behind the last. */
function nextPosting(lists: Uint8Array, cursor: Cursor): boolean {
  const { end } = cursor;
  let { at } = cursor;
  if (at >= end) return false;
  let half = (lists[at >> 1]! >> ((at & 1) << 2)) & 15;
  let value = half & 7;
  at++;
  for (let shift = 3; half > 7; shift += 3) {
    if (at >= end) return false;
    half = (lists[at >> 1]! >> ((at & 1) << 2)) & 15;
    value |= (half & 7) << shift;
    at++;
  }
  cursor.unit += value >>> 1;
  cursor.count = 1;
  if ((value & 1) === 1) {
    let count = 0;
    let shift = 0;
    do {
      half = (lists[at >> 1]! >> ((at & 1) << 2)) & 15;
      count |= (half & 7) << shift;
      shift += 3;
      at++;
    } while (half > 7);
    cursor.count = count + 2;
  }
  cursor.at = at;
  return true;
}

/** Reads the postings of `resources` (their first units, ascending) into `into`, leaping over blocks of others. */
export function readListOf(
  lists: Uint8Array,
  place: ListPlace,
  segment: SegmentUnits,
  resources: Uint32Array,
  into: Postings,
): void {
  const cursor = openList(lists, place);
  const table = {
    lists,
    start: place.start + HEADER_BYTES,
    blocks: blocksOf(lists, place),
    first: cursor.at,
  };
  let length = 0;
  let block = 0;
  /** First unit and end of the resource at hand, which is none before the first. */
  let from = 0;
  let to = 0;
  let next = 0;
  while (nextPosting(lists, cursor)) {
    const { unit } = cursor;
    if (unit >= to) {
      while (unit >= to && next < resources.length) {
        from = resources[next++]!;
        to = segment.layout[from + 1]!;
      }
      if (unit >= to) break;
      if (unit < from) block = leap(table, block, from, cursor);
    }
    if (unit < from) continue;
    into.units[length] = unit;
    into.counts[length++] = cursor.count;
  }
  into.length = length;
}

/** The blocks of a list: where their table starts, how many there are, and where the first begins in half bytes. */
interface BlockTable {
  lists: Uint8Array;
  start: number;
  blocks: number;
  first: number;
}

function blocksOf(lists: Uint8Array, { start, isLong }: ListPlace): number {
  return isLong ? Math.ceil(read32(lists, start + 12) / BLOCK_POSTINGS) : 0;
}

/**
 * Moves the cursor to the last block, from `block` on, before which all units are below `unit`, unless it is there
 * already; returns that block. Doubling steps, then halving ones.
 */
function leap(table: BlockTable, block: number, unit: number, cursor: Cursor): number {
  const { lists, start, blocks } = table;
  let low = block;
  let step = 1;
  while (low + step < blocks && read32(lists, start + (low + step) * ENTRY_BYTES) < unit) {
    low += step;
    step *= 2;
  }
  let high = Math.min(blocks, low + step);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (read32(lists, start + middle * ENTRY_BYTES) < unit) low = middle;
    else high = middle;
  }
  if (low === block) return block;
  const entry = start + low * ENTRY_BYTES;
  const before = read32(lists, entry);
  if (before > cursor.unit) {
    cursor.unit = before;
    cursor.at = table.first + read32(lists, entry + 4);
  }
  return low;
}

/** The frequencies in the header of a long list. */
export function longFrequencies(lists: Uint8Array, start: number): Frequencies {
  return { resources: read32(lists, start + 4), passages: read32(lists, start + 8) };
}

/** Counts the resources of `postings`, and their passages with title and description. */
export function countFrequencies(segment: SegmentUnits, { units, length }: Postings): Frequencies {
  let resources = 0;
  let passages = 0;
  for (let at = 0; at < length; resources++) {
    const first = segment.firstOf[units[at]!]!;
    const end = segment.layout[first + 1]!;
    const inHeader = units[at]! < first + HEADER_UNITS;
    const from = at;
    while (at < length && units[at]! < end) at++;
    passages += inHeader ? end - first - HEADER_UNITS : at - from;
  }
  return { resources, passages };
}

/** Where the postings of a long list begin. */
export function firstPosting(start: number, postings: number): number {
  return start + HEADER_BYTES + Math.ceil(postings / BLOCK_POSTINGS) * ENTRY_BYTES;
}

function read32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
