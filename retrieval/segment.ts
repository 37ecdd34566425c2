/**
 * A segment is a part of the index that never changes: the postings of up to some 100,000 passages of one language
 * family. Every resource owns consecutive units: its title, its description, then its passages. So one posting list
 * gives the score of the whole resource (all its units) and that of its best passage (title + description + passage).
 * Within a segment a resource goes by the number of its first unit, its title.
 */

/** The units of a segment, numbered from 0. What belongs to a resource lies together: a search reads it in one go. */
export interface SegmentUnits {
  resourceCount: number;
  unitCount: number;
  /** Unit -> first unit of its resource. */
  firstOf: Uint32Array;
  /**
   * Passage -> its number of terms with title and description. Title -> number of terms of the resource: title twice,
   * description and passages once. Description -> the unit after the last of the resource.
   */
  layout: Uint32Array;
  /** Passage -> id of its row. Title -> place of the resource in the table of the whole index. Description -> 0. */
  ids: Float64Array;
  /** Number of terms of all resources. */
  totalResourceLength: number;
  /** Number of terms of all passages. */
  totalPassageLength: number;
}

/** Units with their postings: a table of terms (see `term-table.ts`) and the lists that it tells apart. */
export interface Segment extends SegmentUnits {
  termCount: number;
  postingCount: number;
  /** A power of two. */
  bucketCount: number;
  /** Bucket -> its first term; one more entry closes the last. */
  bucketTerms: Uint32Array;
  /** Bucket -> where its lists begin in `lists`; they follow each other in the order of the terms. */
  bucketLists: Uint32Array;
  /** Term -> its key within the bucket: the low 32 bits, and those above. */
  keyLow: Uint32Array;
  keyHigh: Uint8Array;
  /** Term -> bytes of its list, or `LONG`. */
  sizes: Uint8Array;
  /** Posting lists as `posting-list.ts` writes them. */
  lists: Uint8Array;
}

/** Bounds the memory that a merge needs beside what it merges, and that of the arrays of a search. */
export const MAX_UNITS = 1 << 18;
/** Units of a resource before its first passage. */
export const HEADER_UNITS = 2;

/** Number of passages of a segment. */
export function passageCountOf(segment: SegmentUnits): number {
  return segment.unitCount - HEADER_UNITS * segment.resourceCount;
}
