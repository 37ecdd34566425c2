import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LexicalHit, searchList } from './lexical-search.ts';
import { addUnit, beginResource } from './open-segment.ts';
import { createPacer } from './pacer.ts';
import type { QueryTerm } from './query-terms.ts';
import type { SegmentUnits } from './segment.ts';
import { closeOpen, createSegmentList, tidySegments, totalsOf } from './segment-list.ts';
import type { TermStream } from './term-stream.ts';
import { termWeight } from './weigh-terms.ts';

/** The terms of title, description and passages, as numbers; a term of number n has the key `KEY(n)`. */
type Texts = number[][];

const KEY = (term: number) => (term + 1) * 97_531_864_209;
/** Few words that are common and many that are rare, as in a language: only then is there something to leave out. */
const WORDS = 40;
const word = fc.integer({ min: 0, max: 9999 }).map(n => Math.floor(WORDS * (n / 10_000) ** 3));
const texts = fc.tuple(
  fc.array(word, { maxLength: 2 }),
  fc.array(word, { maxLength: 2 }),
  fc.array(fc.array(word, { maxLength: 16, size: 'max' }), { maxLength: 3 }),
);
const query: fc.Arbitrary<QueryTerm[]> = fc.array(
  fc.record({
    parts: fc.uniqueArray(fc.record({ key: word.map(KEY), share: fc.constantFrom(1, 0.7, 0.3) }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ key }) => key,
    }),
    weight: fc.constantFrom(0.3, 0.5, 1, 1.4),
    rarity: fc.constantFrom(1, 1.5),
  }),
  { minLength: 1, maxLength: 8, size: 'max' },
);

const BM25 = { k1: 1.2, b: 0.75 };
const pacer = createPacer();

function streamOf(terms: number[]): TermStream {
  const none = new Int32Array(terms.length);
  return {
    count: terms.length,
    length: terms.length,
    keys: Float64Array.from(terms, KEY),
    kinds: new Uint8Array(terms.length),
    starts: none,
    ends: none,
  };
}

/** A list of three closed segments and an open one, with its resources by slot. */
async function listOf(library: Texts[]) {
  const list = createSegmentList('en');
  for (const [slot, [title, description, ...passages]] of library.entries()) {
    beginResource(list.open, slot, passages.length);
    for (const unit of [title!, description!]) addUnit(list.open, streamOf(unit), 0);
    for (const [i, passage] of passages.entries()) addUnit(list.open, streamOf(passage), 10 * slot + i + 1);
    if (slot % Math.ceil(library.length / 4) === 0) await closeOpen(list, pacer);
  }
  return list;
}

/** Every resource scored from the definition: none left out, nothing stored, no segments. */
function bruteForce(
  library: Texts[],
  terms: QueryTerm[],
  { averageResource, averagePassage }: ReturnType<typeof totalsOf>,
  isCounted: (slot: number) => boolean,
) {
  const frequency = (words: number[], { parts }: QueryTerm) =>
    parts.reduce((sum, { key, share }) => sum + share * words.filter(term => KEY(term) === key).length, 0);
  const wholes = library.map(([title, ...others]) => [...title!, ...title!, ...others.flat()]);
  const passages = library.map(([title, description, ...bodies]) =>
    bodies.map(body => [...title!, ...description!, ...body]),
  );
  const counted = (lists: number[][], { parts }: QueryTerm) =>
    parts.reduce(
      (sum, { key, share }) =>
        sum + share * lists.filter(words => words.some(term => KEY(term) === key)).length,
      0,
    );
  const of = (lists: number[][]) => (term: QueryTerm) =>
    termWeight(term, { count: counted(lists, term), of: lists.length });
  const live = library.map((_, slot) => slot).filter(isCounted);
  const resourceWeight = of(live.map(slot => wholes[slot]!));
  const weightInPassages = of(live.flatMap(slot => passages[slot]!));
  const passageWeight = (term: QueryTerm) => 0.8 * weightInPassages(term);
  const score = (words: number[], average: number, weight: (term: QueryTerm) => number) =>
    terms.reduce((sum, term) => {
      const tf = frequency(words, term);
      const norm = BM25.k1 * (1 - BM25.b + (BM25.b * words.length) / average);
      return sum + (weight(term) * (BM25.k1 + 1) * tf) / (tf + norm);
    }, 0);
  return library.map((_, slot) => {
    const scores = passages[slot]!.map(words => score(words, averagePassage, passageWeight));
    const resourceScore = score(wholes[slot]!, averageResource, resourceWeight);
    return { slot, resourceScore, score: resourceScore + Math.max(0, ...scores), passages: scores };
  });
}

/** The hits are the best, in order, ties by slot; scores may differ in the last of the seven digits of a float. */
function expectBest(
  hits: LexicalHit[],
  all: ReturnType<typeof bruteForce>,
  limit: number,
  kept: number,
): void {
  const ranked = all.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.slot - b.slot);
  expect(hits).toHaveLength(Math.min(limit, ranked.length));
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * Math.max(a, b);
  for (const [i, hit] of hits.entries()) {
    const expected = ranked[i]!;
    expect(isNear(hit.score, expected.score)).toBe(true);
    if (hit.slot !== expected.slot) {
      // Only what is as good as equal may change places.
      const own = all.find(({ slot }) => slot === hit.slot)!;
      expect(isNear(own.score, expected.score)).toBe(true);
      expect(hit.score === hits[i - 1]?.score && hit.slot < hits[i - 1]!.slot).toBe(false);
    }
    const { passages, resourceScore } = all.find(({ slot }) => slot === hit.slot)!;
    expect(isNear(hit.resourceScore, resourceScore)).toBe(true);
    const best = passages.filter(score => score > 0).sort((a, b) => b - a);
    expect(hit.passages).toHaveLength(Math.min(kept, best.length));
    for (const [j, passage] of hit.passages.entries()) {
      expect(isNear(passage.score, best[j]!)).toBe(true);
      expect(isNear(passage.score, passages[passage.passageId - 10 * hit.slot - 1]!)).toBe(true);
    }
  }
}

describe('the search of a list', () => {
  it('finds what scoring everything finds, filters, removals and groups of terms included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          texts.map(([title, description, passages]) => [title, description, ...passages]),
          { minLength: 1, maxLength: 80, size: 'max' },
        ),
        query,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(1, 2, 7),
        async (library, terms, limit, every) => {
          const list = await listOf(library);
          const search = { terms, bm25: BM25, passageWeight: 0.8, limit, passages: 2 };
          const isWanted = (slot: number) => slot % every === 0;
          const { hits } = searchList(list, { ...search, isWanted });
          const all = bruteForce(library, terms, totalsOf(list), () => true);
          expectBest(
            hits,
            all.filter(({ slot }) => isWanted(slot)),
            limit,
            2,
          );
          // Looked up instead of asked for.
          const firstsIn = ({ firstOf, ids }: SegmentUnits) =>
            Uint32Array.from(
              [...new Set(firstOf.subarray(0, ids.length))].filter(first => isWanted(ids[first]!)),
            );
          expectBest(
            searchList(list, { ...search, isWanted, firstsIn }).hits,
            all.filter(({ slot }) => isWanted(slot)),
            limit,
            2,
          );

          // Merged, with what was not wanted gone for good.
          await closeOpen(list, pacer);
          await tidySegments(list, isWanted, pacer);
          const merged = searchList(list, { ...search, isWanted });
          const kept = new Set(
            list.closed.flatMap(({ firstOf, ids }) =>
              [...firstOf].flatMap((first, unit) => (first === unit ? [ids[unit]!] : [])),
            ),
          );
          const left = bruteForce(library, terms, totalsOf(list), slot => kept.has(slot));
          expectBest(
            merged.hits,
            left.filter(({ slot }) => isWanted(slot)),
            limit,
            2,
          );
        },
      ),
      { numRuns: 120 },
    );
  });

  it('reads long lists by leaps', async () => {
    const library = Array.from(
      { length: 1200 },
      (_, slot): Texts => [
        [],
        [],
        // Term 0 everywhere, 1 in every fifth, 2 in few: their postings lie blocks apart.
        [0, ...(slot % 5 === 0 ? [1, 1] : []), ...(slot % 301 === 3 ? [2] : []), 3 + (slot % 30)],
      ],
    );
    const list = await listOf(library);
    const terms: QueryTerm[] = [
      { parts: [{ key: KEY(0), share: 1 }], weight: 0.3, rarity: 1.5 },
      {
        parts: [
          { key: KEY(1), share: 0.5 },
          { key: KEY(5), share: 0.5 },
        ],
        weight: 1,
        rarity: 1.5,
      },
      { parts: [{ key: KEY(2), share: 1 }], weight: 1, rarity: 1.5 },
    ];
    const all = bruteForce(library, terms, totalsOf(list), () => true);
    for (const every of [1, 3, 97]) {
      const isWanted = (slot: number) => slot % every === 0;
      const { hits } = searchList(list, {
        terms,
        bm25: BM25,
        passageWeight: 0.8,
        limit: 3,
        passages: 1,
        isWanted,
      });
      expectBest(
        hits,
        all.filter(({ slot }) => isWanted(slot)),
        3,
        1,
      );
    }
  });
});
