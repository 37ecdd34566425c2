import { type PlacedTerm, placeTerms } from './place-terms.ts';
import type { QueryTerm } from './query-terms.ts';
import { type AnySegment, readPostings } from './read-postings.ts';
import type { WantedResources } from './resource-table.ts';
import {
  addTerm,
  createScores,
  keepTouched,
  markUnwanted,
  type Saturation,
  type Scores,
  scoreOf,
} from './score-segment.ts';
import { HEADER_UNITS, type SegmentUnits } from './segment.ts';
import { type SegmentList, segmentsOf, totalsOf } from './segment-list.ts';
import { createTopScores } from './top-scores.ts';
import type { Bm25 } from './weigh-terms.ts';

/** A resource found, by its place in the table of the index. Scores are raw: comparable within one query only. */
export interface LexicalHit {
  slot: number;
  /** `resourceScore` + the score of the best passage. */
  score: number;
  resourceScore: number;
  /** Best first. */
  passages: { passageId: number; score: number }[];
}

export interface LexicalSearch extends WantedResources {
  terms: readonly QueryTerm[];
  bm25: Bm25;
  /** What the best passage counts beside the whole resource. */
  passageWeight: number;
  /** Number of hits. */
  limit: number;
  /** Number of passages kept of each hit. */
  passages: number;
}

/** What a text that has every term of the query often would score, resource and passage together. */
export interface LexicalResult {
  hits: LexicalHit[];
  ceiling: number;
}

/** A segment with its scores in the search at hand. */
interface Scored {
  segment: AnySegment;
  scores: Scores;
  /** First units of the only resources that are scored, ascending. */
  only: Uint32Array | undefined;
}

/** Scores are kept as 32-bit floats: a bound must leave room for what their rounding adds up to. */
const ROUNDING = 1e-5;

/**
 * What the best must have is looked up once the terms left are worth less than this share of those added: before, no
 * score is high enough, and looking costs as much as adding a term.
 */
const SOON = 0.5;

/** Scores by place of the segment in its list. A search is synchronous, so all share them. */
const pool: Scores[] = [];

/**
 * The best resources of `list` by BM25 of the whole resource plus that of its best passage, exact, best first; ties in
 * order of their slots. Statistics are those of `list`, and of `others` together with it where given: the words of a
 * foreign language are rare in every list, and only all lists together tell which of them mean something.
 *
 * Terms are added one after the other, over the whole list, what counts most first (MaxScore, Turtle and Flood 1995, term
 * at a time). As soon as the terms left cannot lift a new resource among the best, they are looked up only for those
 * that were touched, and of these only for those that can still get there: the many postings of function words and
 * single characters are mostly never read.
 */
export function searchList(
  list: SegmentList,
  search: LexicalSearch,
  others: readonly SegmentList[] = [],
): LexicalResult {
  const segments = segmentsOf(list);
  const saturation = { ...search.bm25, ...totalsOf(list) };
  const terms = placeTerms(segments, search, [list, ...others]);
  const worth = (term: PlacedTerm) => (term.resourceWeight + term.passageWeight) * (saturation.k1 + 1);
  const ceiling = terms.reduce((sum, term) => sum + worth(term), 0);
  if (search.limit === 0) return { hits: [], ceiling };
  const scored = segments.map(
    (segment, at): Scored => ({
      segment,
      scores: scoresFor(segment, at),
      only: search.firstsIn?.(segment),
    }),
  );
  const found = terms.filter(({ places }) => places.length > 0).sort((a, b) => worth(b) - worth(a));
  const least = addTerms(scored, found, { search, saturation, worth });
  const hits = collect(scored, search, least);
  for (const { segment, scores } of scored) keepTouched(segment, scores, Number.POSITIVE_INFINITY);
  return { hits, ceiling };
}

function scoresFor({ unitCount }: SegmentUnits, at: number): Scores {
  const scores = pool[at];
  if (scores && scores.units.length >= unitCount) return scores;
  // A quarter more than needed: the open segment grows with every resource.
  pool[at] = createScores(Math.ceil(unitCount * 1.25));
  return pool[at];
}

/** Adds `terms`, which come in falling order of what they are worth; returns what the best must at least have. */
function addTerms(
  scored: readonly Scored[],
  terms: readonly PlacedTerm[],
  query: { search: LexicalSearch; saturation: Saturation; worth: (term: PlacedTerm) => number },
): number {
  const { search, saturation, worth } = query;
  let left = terms.reduce((sum, term) => sum + worth(term), 0);
  let added = 0;
  let least = 0;
  let onlyTouched = false;
  for (const term of terms) {
    if (left * (1 + ROUNDING) < least) {
      for (const { segment, scores } of scored) {
        keepTouched(segment, scores, least - left * (1 + ROUNDING));
        if (!onlyTouched) scores.touched.subarray(0, scores.touchedCount).sort();
      }
      onlyTouched = true;
    }
    for (const place of term.places) {
      const { segment, scores, only } = scored[place.segment]!;
      const among = onlyTouched ? scores.touched.subarray(0, scores.touchedCount) : only;
      addTerm(segment, readPostings(segment, place.parts, among), term, saturation, scores);
    }
    left -= worth(term);
    added += worth(term);
    if (left < SOON * added) least = leastOfBest(scored, search, least);
  }
  return least;
}

/**
 * The score so far of the last of the `limit` best, which was `before`; 0 where there are fewer. Only here is asked
 * whether a resource is wanted: most never come this far.
 */
function leastOfBest(
  scored: readonly Scored[],
  { limit, isWanted }: Pick<LexicalSearch, 'limit' | 'isWanted'>,
  before: number,
): number {
  const top = createTopScores(limit);
  for (const { segment, scores } of scored) {
    for (let i = 0; i < scores.touchedCount; i++) {
      const first = scores.touched[i]!;
      const score = scoreOf(scores, first);
      if (score < before || score <= top.least()) continue;
      if (isWanted(segment.ids[first]!)) top.add(score);
      else markUnwanted(scores, first);
    }
  }
  return top.least();
}

function collect(scored: readonly Scored[], search: LexicalSearch, least: number): LexicalHit[] {
  const best: { slot: number; score: number; first: number; from: Scored }[] = [];
  for (const from of scored) {
    for (let i = 0; i < from.scores.touchedCount; i++) {
      const first = from.scores.touched[i]!;
      const score = scoreOf(from.scores, first);
      const slot = from.segment.ids[first]!;
      if (score >= least && search.isWanted(slot)) best.push({ slot, score, first, from });
    }
  }
  best.sort((a, b) => b.score - a.score || a.slot - b.slot);
  return best.slice(0, search.limit).map(({ slot, score, first, from: { segment, scores } }) => ({
    slot,
    score,
    resourceScore: scores.units[first]!,
    passages: bestPassages(segment, scores, first, search.passages),
  }));
}

function bestPassages(
  { layout, ids }: SegmentUnits,
  { units }: Scores,
  first: number,
  limit: number,
): LexicalHit['passages'] {
  const best: LexicalHit['passages'] = [];
  const end = layout[first + 1]!;
  for (let unit = first + HEADER_UNITS; unit < end; unit++) {
    const score = units[unit]!;
    if (score === 0 || (best.length === limit && score <= best.at(-1)!.score)) continue;
    let at = best.length;
    while (at > 0 && best[at - 1]!.score < score) at--;
    best.splice(at, 0, { passageId: ids[unit]!, score });
    if (best.length > limit) best.pop();
  }
  return best;
}
