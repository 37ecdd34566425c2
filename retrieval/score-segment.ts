import type { OpenSegment } from './open-segment.ts';
import { HEADER_UNITS, MAX_UNITS, type Segment, type SegmentUnits } from './segment.ts';

/** Where a part of a query's term stands in the segment at hand, with its share. */
export interface PlacedPart {
  /** Position in a closed segment, number in an open one. */
  place: number;
  share: number;
}

/** A term of a query as it stands in the segment at hand, and what a saturated occurrence is worth. */
export interface WeighedTerm {
  /** Empty where it does not occur. */
  parts: PlacedPart[];
  resourceWeight: number;
  passageWeight: number;
}

/** BM25's constants with the average lengths of the language family. */
export interface Saturation {
  k1: number;
  b: number;
  averageResource: number;
  averagePassage: number;
}

/** Scores within one segment, per resource and per unit; among the units only passages have one. */
export interface Scores {
  resource: Float32Array;
  unit: Float32Array;
}

export function createScores(): Scores {
  return { resource: new Float32Array(MAX_UNITS), unit: new Float32Array(MAX_UNITS) };
}

/** A stretch of postings, ascending by unit. */
interface Postings {
  units: Uint16Array;
  counts: Uint8Array | Float32Array;
  from: number;
  to: number;
}

/** Score of the best passage of a resource. */
export function bestPassage(segment: SegmentUnits, scores: Scores, resource: number): number {
  let best = 0;
  const end = segment.firstUnit[resource + 1]!;
  for (let unit = segment.firstUnit[resource]! + HEADER_UNITS; unit < end; unit++) {
    if (scores.unit[unit]! > best) best = scores.unit[unit]!;
  }
  return best;
}

/**
 * Sets `scores` to the BM25 scores of `segment`. Every posting is scored: leaving out what cannot reach the best
 * results (MaxScore) was tried and made queries 20 to 40% slower, because lists of a bounded segment are too short
 * to be worth leaping through.
 */
export function scoreSegment(
  segment: Segment | OpenSegment,
  terms: readonly WeighedTerm[],
  saturation: Saturation,
  scores: Scores,
): void {
  scores.resource.fill(0, 0, segment.resourceCount);
  scores.unit.fill(0, 0, segment.unitCount);
  for (const term of terms) {
    const [part] = term.parts;
    if (!part) continue;
    const isPlain = term.parts.length === 1 && part.share === 1;
    const postings = isPlain ? postingsOf(segment, part.place) : joinedPostings(segment, term.parts);
    addTerm(segment, postings, term, saturation, scores);
  }
}

/** The postings of several parts as those of one term: the counts are sums of shares. */
function joinedPostings(segment: Segment | OpenSegment, parts: readonly PlacedPart[]): Postings {
  const counts = new Map<number, number>();
  for (const { place, share } of parts) {
    const postings = postingsOf(segment, place);
    for (let at = postings.from; at < postings.to; at++) {
      const unit = postings.units[at]!;
      counts.set(unit, (counts.get(unit) ?? 0) + share * postings.counts[at]!);
    }
  }
  const units = Uint16Array.from(counts.keys()).sort();
  return { units, counts: Float32Array.from(units, unit => counts.get(unit)!), from: 0, to: units.length };
}

function postingsOf(segment: Segment | OpenSegment, place: number): Postings {
  if ('starts' in segment) {
    const { units, counts, starts } = segment;
    return { units, counts, from: starts[place]!, to: starts[place + 1]! };
  }
  const units: number[] = [];
  const counts: number[] = [];
  for (let at = segment.termHead[place]!; at >= 0; at = segment.postingNext[at]!) {
    units.push(segment.postingUnit[at]!);
    counts.push(segment.postingCounts[at]!);
  }
  return { units: Uint16Array.from(units), counts: Uint8Array.from(counts), from: 0, to: units.length };
}

/**
 * Adds one term. Frequencies of the fields are added before saturation (BM25F): in a resource the title counts twice,
 * description and passages once; in a passage its own text, title and description once. Most of the time of a search is
 * spent here, hence no calls and no closures on the common path.
 */
function addTerm(
  segment: SegmentUnits,
  postings: Postings,
  term: WeighedTerm,
  { k1, b, averageResource, averagePassage }: Saturation,
  scores: Scores,
): void {
  const { units, counts, from, to } = postings;
  const { resourceOf, firstUnit, unitLength, resourceLength } = segment;
  const { resource: resourceScores, unit: unitScores } = scores;
  const floor = k1 * (1 - b);
  const perResourceLength = (k1 * b) / averageResource;
  const perPassageLength = (k1 * b) / averagePassage;
  const passageWeight = term.passageWeight * (k1 + 1);
  const resourceWeight = term.resourceWeight * (k1 + 1);
  let at = from;
  while (at < to) {
    let unit = units[at]!;
    const resource = resourceOf[unit]!;
    const end = firstUnit[resource + 1]!;
    let total = 0;
    if (unit < firstUnit[resource]! + HEADER_UNITS) {
      const own = { ...postings, from: at, to: at };
      while (own.to < to && units[own.to]! < end) own.to++;
      total = addHeaded(
        segment,
        own,
        { resource, weight: passageWeight, floor, perPassageLength },
        unitScores,
      );
      at = own.to;
    } else {
      do {
        const count = counts[at++]!;
        total += count;
        unitScores[unit]! += (passageWeight * count) / (count + floor + perPassageLength * unitLength[unit]!);
        unit = at < to ? units[at]! : end;
      } while (unit < end);
    }
    resourceScores[resource]! +=
      (resourceWeight * total) / (total + floor + perResourceLength * resourceLength[resource]!);
  }
}

/** Adds a term that stands in title or description of a resource, and so in all its passages; returns its count. */
function addHeaded(
  segment: SegmentUnits,
  { units, counts, from, to }: Postings,
  at: { resource: number; weight: number; floor: number; perPassageLength: number },
  unitScores: Float32Array,
): number {
  const first = segment.firstUnit[at.resource]!;
  const end = segment.firstUnit[at.resource + 1]!;
  let header = 0;
  let total = 0;
  let posting = from;
  for (; posting < to && units[posting]! < first + HEADER_UNITS; posting++) {
    header += counts[posting]!;
    total += units[posting] === first ? 2 * counts[posting]! : counts[posting]!;
  }
  for (let unit = first + HEADER_UNITS; unit < end; unit++) {
    let count = header;
    if (posting < to && units[posting] === unit) {
      count += counts[posting]!;
      total += counts[posting++]!;
    }
    const norm = at.floor + at.perPassageLength * segment.unitLength[unit]!;
    unitScores[unit]! += (at.weight * count) / (count + norm);
  }
  return total;
}
