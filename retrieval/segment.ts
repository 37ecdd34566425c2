/**
 * A segment is a part of the index that never changes: the postings of up to some thousand resources of one language
 * family. Every resource owns consecutive units: its title, its description, then its passages. So one posting list
 * gives the score of the whole resource (all its units) and that of its best passage (title + description + passage).
 */

/** The resources and units of a segment. Units and resources are numbered within the segment, from 0. */
export interface SegmentUnits {
  resourceCount: number;
  unitCount: number;
  /** Unit -> its resource. */
  resourceOf: Uint16Array;
  /** Resource -> its first unit; one more entry closes the last. */
  firstUnit: Uint16Array;
  /** Unit -> number of terms for length normalisation: of a passage with title and description, of the others alone. */
  unitLength: Uint16Array;
  /** Resource -> number of terms: title twice, description and passages once. */
  resourceLength: Float32Array;
  /** Unit -> id of its passage; 0 for title and description. */
  passageId: Float64Array;
  /** Resource -> its place in the table of the whole index. */
  slot: Uint32Array;
  /** Sum of `resourceLength`. */
  totalResourceLength: number;
  /** Sum of `unitLength` over the passages. */
  totalPassageLength: number;
}

/** Units with their postings: term `i` has the postings `starts[i]` to `starts[i + 1]`, ascending by unit. */
export interface Segment extends SegmentUnits {
  termCount: number;
  /** Ascending. */
  keys: Float64Array;
  starts: Uint32Array;
  /** Number of resources with the term. */
  resourceFrequency: Uint16Array;
  /** Number of passages with the term, be it in their title or description. */
  passageFrequency: Uint16Array;
  units: Uint16Array;
  counts: Uint8Array;
}

/** Units are numbered in 16 bits: half the memory of the postings, and a bound on the cost of merging. */
export const MAX_UNITS = 65_535;
/** Units of a resource before its first passage. */
export const HEADER_UNITS = 2;

/** Number of passages of a segment. */
export function passageCountOf(segment: SegmentUnits): number {
  return segment.unitCount - HEADER_UNITS * segment.resourceCount;
}

/** Position of `key` in `segment.keys`, or -1. Keys are hashes and so evenly spread: a guess lands near the place. */
export function findTerm(segment: Segment, key: number): number {
  const { keys } = segment;
  let low = 0;
  let high = segment.termCount - 1;
  while (low <= high) {
    const least = keys[low]!;
    const most = keys[high]!;
    if (key < least || key > most) return -1;
    const share = most === least ? 0 : (key - least) / (most - least);
    const guess = low + Math.floor(share * (high - low));
    const found = keys[guess]!;
    if (found === key) return guess;
    if (found < key) low = guess + 1;
    else high = guess - 1;
  }
  return -1;
}
