import { stemOf, type Term } from './analysis.ts';
import type { QueryPart, QueryTerm } from './query-terms.ts';
import type { RankingWeights } from './ranking-weights.ts';
import { textKey } from './term-key.ts';
import { KIND_CODES } from './term-stream.ts';

/** Shorter words have too many neighbours. */
const SHORTEST = 4;
const LONGEST = 24;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Lets a word that the library does not have stand for those that are one letter off: one left out, put in, changed, or
 * two swapped (Damerau 1964 found four of five misspellings to be one of these). The index keeps no words, only keys, so
 * the neighbours are made and looked up; that takes a millisecond, and only for words that would find nothing.
 */
export function tolerateSpelling(
  terms: readonly Term[],
  asked: readonly QueryTerm[],
  { frequencyOf, weights }: { frequencyOf(key: number): number; weights: RankingWeights },
): QueryTerm[] {
  return asked.map((term, i) => {
    const { kind, text, key } = terms[i]!;
    if (weights.misspelt === 0 || kind !== 'p' || !isWord(text) || frequencyOf(key) > 0) return term;
    const parts = neighbours(text, frequencyOf);
    return parts.length === 0 ? term : { ...term, parts, weight: term.weight * weights.misspelt };
  });
}

function isWord(text: string): boolean {
  return text.length >= SHORTEST && text.length <= LONGEST && /^[a-z]+$/.test(text);
}

/** Known words one edit away, the usual ones with the larger shares. */
function neighbours(word: string, frequencyOf: (key: number) => number): QueryPart[] {
  const found = new Map<number, number>();
  for (const candidate of new Set(edits(word))) {
    const key = textKey(stemOf(candidate), KIND_CODES.p + 1);
    if (!found.has(key)) found.set(key, frequencyOf(key));
  }
  const known = [...found].filter(([, frequency]) => frequency > 0);
  const sum = known.reduce((total, [, frequency]) => total + Math.sqrt(frequency), 0);
  return known.map(([key, frequency]) => ({ key, share: Math.sqrt(frequency) / sum }));
}

/** Every string one edit away. People hardly ever get the first letter wrong, so it stays, but for a swap. */
function* edits(word: string): Generator<string> {
  for (let at = 1; at <= word.length; at++) {
    const before = word.slice(0, at);
    const after = word.slice(at + 1);
    if (at < word.length) yield before + after;
    yield word.slice(0, at - 1) + (word[at] ?? '') + word[at - 1] + after;
    for (const letter of LETTERS) {
      yield before + letter + word.slice(at);
      if (at < word.length) yield before + letter + after;
    }
  }
}
