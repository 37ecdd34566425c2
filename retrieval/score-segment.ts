import type { Postings } from './posting-list.ts';
import { HEADER_UNITS, type SegmentUnits } from './segment.ts';

/** BM25's constants with the average lengths of the language family. */
export interface Saturation {
  k1: number;
  b: number;
  averageResource: number;
  averagePassage: number;
}

/** What a fully saturated occurrence of a term is worth, but for the factor k1 + 1. */
export interface TermWeights {
  resourceWeight: number;
  passageWeight: number;
}

/**
 * What the terms so far give the resources of one segment. All zero outside a search: only what was touched is set, and
 * set back, since a query touches a small part of a library.
 */
export interface Scores {
  /**
   * Unit -> score. A passage has its own; in the place of the title stands the score of the whole resource, 0 while it is
   * untouched; in that of the description the score of its best passage.
   */
  units: Float32Array;
  /** The first units of the resources that were touched. */
  touched: Uint32Array;
  touchedCount: number;
}

/** Stands in the place of the resource's score where it may not be found; whatever is added, it stays. */
const UNWANTED = Number.NEGATIVE_INFINITY;

export function createScores(units: number): Scores {
  const resources = Math.ceil(units / HEADER_UNITS);
  return { units: new Float32Array(units), touched: new Uint32Array(resources), touchedCount: 0 };
}

/** Score so far of the resource that begins at `first`; -Infinity where it may not be found. */
export function scoreOf({ units }: Scores, first: number): number {
  return units[first]! + units[first + 1]!;
}

/** Takes a resource out of the search. */
export function markUnwanted({ units }: Scores, first: number): void {
  units[first] = UNWANTED;
}

/**
 * Adds one term. Frequencies of the fields are added before saturation (BM25F): in a resource the title counts twice,
 * description and passages once; in a passage its own text, title and description once. Most of the time of a search is
 * spent here, hence no calls and no closures on the common path.
 */
export function addTerm(
  segment: SegmentUnits,
  postings: Postings,
  term: TermWeights,
  { k1, b, averageResource, averagePassage }: Saturation,
  scores: Scores,
): void {
  const { units, counts, length } = postings;
  const { firstOf, layout } = segment;
  const { units: unitScores, touched } = scores;
  const floor = k1 * (1 - b);
  const perResourceLength = (k1 * b) / averageResource;
  const perPassageLength = (k1 * b) / averagePassage;
  const passageWeight = term.passageWeight * (k1 + 1);
  const resourceWeight = term.resourceWeight * (k1 + 1);
  let at = 0;
  while (at < length) {
    let unit = units[at]!;
    const first = firstOf[unit]!;
    const end = layout[first + 1]!;
    const before = unitScores[first]!;
    let total = 0;
    if (unit < first + HEADER_UNITS) {
      const from = at;
      at = firstFrom(postings, at, end);
      const scale = { weight: passageWeight, floor, perLength: perPassageLength };
      total = addHeaded(postings, { from, to: at, first, end }, scale, layout, unitScores);
    } else {
      let best = unitScores[first + 1]!;
      for (; unit < end; unit = at < length ? units[at]! : end) {
        const count = counts[at++]!;
        total += count;
        const score =
          unitScores[unit]! + (passageWeight * count) / (count + floor + perPassageLength * layout[unit]!);
        unitScores[unit] = score;
        if (score > best) best = score;
      }
      unitScores[first + 1] = best;
    }
    unitScores[first] =
      before + (resourceWeight * total) / (total + floor + perResourceLength * layout[first]!);
    if (before === 0 && unitScores[first]! > 0) touched[scores.touchedCount++] = first;
  }
}

/** The first posting, from `at` on, of a unit not below `unit`. */
function firstFrom({ units, length }: Postings, at: number, unit: number): number {
  let next = at;
  while (next < length && units[next]! < unit) next++;
  return next;
}

/** Adds a term that stands in title or description of a resource, and so in all its passages; returns its count. */
function addHeaded(
  { units, counts }: Postings,
  { from, to, first, end }: { from: number; to: number; first: number; end: number },
  scale: { weight: number; floor: number; perLength: number },
  layout: Uint32Array,
  unitScores: Float32Array,
): number {
  let header = 0;
  let total = 0;
  let at = from;
  for (; at < to && units[at]! < first + HEADER_UNITS; at++) {
    header += counts[at]!;
    total += units[at] === first ? 2 * counts[at]! : counts[at]!;
  }
  for (let unit = first + HEADER_UNITS; unit < end; unit++) {
    let count = header;
    if (at < to && units[at] === unit) {
      count += counts[at]!;
      total += counts[at++]!;
    }
    const norm = scale.floor + scale.perLength * layout[unit]!;
    const score = unitScores[unit]! + (scale.weight * count) / (count + norm);
    unitScores[unit] = score;
    if (score > unitScores[first + 1]!) unitScores[first + 1] = score;
  }
  return total;
}

/** Forgets the touched resources with a score so far below `least`; the others stay in order. */
export function keepTouched(segment: SegmentUnits, scores: Scores, least: number): void {
  const { touched } = scores;
  let kept = 0;
  for (let i = 0; i < scores.touchedCount; i++) {
    const first = touched[i]!;
    if (scoreOf(scores, first) >= least) touched[kept++] = first;
    else scores.units.fill(0, first, segment.layout[first + 1]!);
  }
  scores.touchedCount = kept;
}
