import type { OpenSegment } from './open-segment.ts';
import type { QueryTerm } from './query-terms.ts';
import {
  bestPassage,
  createScores,
  type PlacedPart,
  type Scores,
  scoreSegment,
  type WeighedTerm,
} from './score-segment.ts';
import { HEADER_UNITS, type Segment, type SegmentUnits } from './segment.ts';
import { placeOf, type SegmentList, segmentsOf, totalsOf } from './segment-list.ts';
import { createTopList, type TopList } from './top-list.ts';
import { type Bm25, termWeight } from './weigh-terms.ts';

/** A resource found, by its place in the table of the index. Scores are raw: comparable within one query only. */
export interface LexicalHit {
  slot: number;
  /** `resourceScore` + the score of the best passage. */
  score: number;
  resourceScore: number;
  /** Best first. */
  passages: { passageId: number; score: number }[];
}

export interface LexicalSearch {
  terms: readonly QueryTerm[];
  bm25: Bm25;
  /** What the best passage counts beside the whole resource. */
  passageWeight: number;
  /** Number of hits. */
  limit: number;
  /** Number of passages kept of each hit. */
  passages: number;
  /** Slots that may be found. */
  isWanted(slot: number): boolean;
}

/** What a text that has every term of the query often would score, resource and passage together. */
export interface LexicalResult {
  hits: LexicalHit[];
  ceiling: number;
}

const scores = createScores();

/**
 * The best resources of `list` by BM25 of the whole resource plus that of its best passage, exact, best first; ties in
 * order of their slots. Statistics are those of `list`, and of `others` together with it where given: the words of a
 * foreign language are rare in every list, and only all lists together tell which of them mean something.
 */
export function searchList(
  list: SegmentList,
  search: LexicalSearch,
  others: readonly SegmentList[] = [],
): LexicalResult {
  const totals = totalsOf(list);
  const segments = segmentsOf(list);
  const saturation = { ...search.bm25, ...totals };
  const weighed = weigh(segments, search, [list, ...others]);
  const most = weighed.reduce((sum, term) => sum + term.resourceWeight + term.passageWeight, 0);
  const top = createTopList<LexicalHit>(search.limit, hit => hit.score);
  segments.forEach((segment, at) => {
    const terms: WeighedTerm[] = weighed.map(term => ({ ...term, parts: term.partsOf[at]! }));
    scoreSegment(segment, terms, saturation, scores);
    collect(segment, scores, search, top);
  });
  return { hits: top.best(), ceiling: most * (search.bm25.k1 + 1) };
}

interface PlacedTerm {
  /** By segment, the parts that occur in it. */
  partsOf: PlacedPart[][];
  resourceWeight: number;
  passageWeight: number;
}

/** Terms that occur nowhere are weighed too: what a library does not know counts in what it could score. */
function weigh(
  segments: readonly (Segment | OpenSegment)[],
  { terms, passageWeight }: LexicalSearch,
  lists: readonly SegmentList[],
): PlacedTerm[] {
  const resources = { count: 0, of: 0 };
  const passages = { count: 0, of: 0 };
  for (const totals of lists.map(totalsOf)) {
    resources.of += totals.resources;
    passages.of += totals.passages;
  }
  const counted = lists.flatMap(segmentsOf);
  return terms.map(term => {
    resources.count = 0;
    passages.count = 0;
    for (const { key, share } of term.parts) {
      for (const segment of counted) {
        const place = placeOf(segment, key);
        if (place < 0) continue;
        resources.count += share * segment.resourceFrequency[place]!;
        passages.count += share * segment.passageFrequency[place]!;
      }
    }
    const partsOf = segments.map(segment =>
      term.parts.flatMap(({ key, share }) => {
        const place = placeOf(segment, key);
        return place < 0 ? [] : [{ place, share }];
      }),
    );
    return {
      partsOf,
      resourceWeight: termWeight(term, resources),
      passageWeight: passageWeight * termWeight(term, passages),
    };
  });
}

function collect(
  segment: SegmentUnits,
  final: Scores,
  search: LexicalSearch,
  top: TopList<LexicalHit>,
): void {
  for (let resource = 0; resource < segment.resourceCount; resource++) {
    const resourceScore = final.resource[resource]!;
    if (resourceScore === 0) continue;
    const score = resourceScore + bestPassage(segment, final, resource);
    const slot = segment.slot[resource]!;
    if (score <= top.least() || !search.isWanted(slot)) continue;
    top.add({
      slot,
      score,
      resourceScore,
      passages: bestPassages(segment, final, resource, search.passages),
    });
  }
}

function bestPassages(
  segment: SegmentUnits,
  final: Scores,
  resource: number,
  limit: number,
): LexicalHit['passages'] {
  const best: LexicalHit['passages'] = [];
  const end = segment.firstUnit[resource + 1]!;
  for (let unit = segment.firstUnit[resource]! + HEADER_UNITS; unit < end; unit++) {
    const score = final.unit[unit]!;
    if (score === 0 || (best.length === limit && score <= best.at(-1)!.score)) continue;
    let at = best.length;
    while (at > 0 && best[at - 1]!.score < score) at--;
    best.splice(at, 0, { passageId: segment.passageId[unit]!, score });
    if (best.length > limit) best.pop();
  }
  return best;
}
