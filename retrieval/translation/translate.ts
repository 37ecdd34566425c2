import { FUNCTION_WORDS } from '../../models/function-words.ts';
import { type Analyser, stemOf, type Term } from '../analysis.ts';
import { fold, HAN, unitClass } from '../fold.ts';
import type { LanguageFamily } from '../language.ts';
import { type QueryPart, type QueryTerm, queryTerms } from '../query-terms.ts';
import type { RankingWeights } from '../ranking-weights.ts';
import type { Dictionary } from './dictionary.ts';

/** What a translation depends on besides the query. */
export interface TranslationTarget {
  /** Number of resources of the target language in which a term occurs. */
  frequencyOf(key: number): number;
  weights: RankingWeights;
}

/** Turns a query into terms of the other language; what has no translation stands for itself. */
export type Translate = (query: string, to: LanguageFamily, target: TranslationTarget) => QueryTerm[];

/** Longest Chinese word that is looked for, in characters. */
const LONGEST_WORD = 8;
/** Short words are looked for in words of at least so many characters. */
const INNER_IN = 4;
const LONGEST_PHRASE = 3;

export function createTranslator(analyser: Analyser, dictionary: Dictionary): Translate {
  return (query, to, { frequencyOf, weights }) => {
    const tools = { analyser, dictionary, frequencyOf, weights };
    return to === 'en' ? englishTerms(query, tools) : chineseTerms(query, tools);
  };
}

/** Terms of the target language with what each is worth. */
type Parts = Map<number, number>;

interface Tools extends TranslationTarget {
  analyser: Analyser;
  dictionary: Dictionary;
}

/** The terms of a Chinese query among English texts. */
function englishTerms(query: string, tools: Tools): QueryTerm[] {
  const { translation } = tools.weights;
  const folded = fold(query);
  const units = new Map<string, number>();
  const add = (word: string, weight: number) => units.set(word, Math.max(weight, units.get(word) ?? 0));
  for (const [run] of folded.matchAll(/\p{Script=Han}+/gu)) {
    for (const word of longestWords(run, tools.dictionary)) {
      add(word, word.length === 1 ? translation.singleCharacter : 1);
      if (word.length >= INNER_IN)
        for (const inner of innerWords(word, tools.dictionary)) add(inner, translation.innerWord);
    }
  }
  const translated = [...units].flatMap(([word, weight]) =>
    groupOf(englishParts(word, tools), weight, tools),
  );
  const isShared = ({ kind }: Term) => kind === 'p' || kind === 'w';
  // Han characters stand in few English texts and so would count more than any translation: only a phrase that has no
  // translation is looked for as it stands, in texts that quote it.
  const own = tools.analyser.terms(query).filter(term => isShared(term) || translated.length === 0);
  return [...translated, ...queryTerms(own, tools.weights)];
}

function* longestWords(run: string, dictionary: Dictionary): Generator<string> {
  for (let at = 0; at < run.length; ) {
    let length = Math.min(LONGEST_WORD, run.length - at);
    while (length > 1 && !dictionary.has(run.slice(at, at + length))) length--;
    yield run.slice(at, at + length);
    at += length;
  }
}

function* innerWords(word: string, dictionary: Dictionary): Generator<string> {
  for (const length of [2, 3]) {
    for (let at = 0; at + length <= word.length; at++) {
      const inner = word.slice(at, at + length);
      if (dictionary.has(inner)) yield inner;
    }
  }
}

/** The translations of a Chinese word, each as much worth as it is usual in the dictionary and in the library. */
function englishParts(word: string, { dictionary, frequencyOf, weights: { translation } }: Tools): Parts {
  const parts: Parts = new Map();
  for (const { words, pair, place } of dictionary.english(word)) {
    const worth = worthOf(words, place, frequencyOf, translation) / words.length;
    for (const key of words) grow(parts, key, worth);
    if (pair !== 0) grow(parts, pair, translation.pair * worth);
  }
  return parts;
}

/** The terms of an English query among Chinese texts. */
function chineseTerms(query: string, tools: Tools): QueryTerm[] {
  const stems = (fold(query).match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter(word => unitClass[word.charCodeAt(0)] !== HAN)
    .map(word => ({ stem: stemOf(word), isFunction: FUNCTION_WORDS.has(word) }));
  const inPhrase = new Set<number>();
  const groups: QueryTerm[] = [];
  for (let length = LONGEST_PHRASE; length > 1; length--) {
    for (let at = 0; at + length <= stems.length; at++) {
      const phrase = stems.slice(at, at + length);
      if (phrase.some(({ isFunction }, i) => isFunction && (i === 0 || i === length - 1))) continue;
      if (phrase.some((_, i) => inPhrase.has(at + i))) continue;
      const parts = chineseParts(phrase.map(({ stem }) => stem).join(' '), tools);
      if (parts.size === 0) continue;
      groups.push(...groupOf(parts, 1, tools));
      for (let i = 0; i < length; i++) inPhrase.add(at + i);
    }
  }
  const done = new Set<string>();
  stems.forEach(({ stem, isFunction }, at) => {
    if (isFunction || done.has(stem)) return;
    done.add(stem);
    const parts = chineseParts(stem, tools);
    const own = tools.analyser.terms(stem).find(({ kind }) => kind === 'p');
    const weight = inPhrase.has(at) ? tools.weights.translation.inPhrase : 1;
    groups.push(...groupOf(withOwn(parts, own, tools), weight, tools));
  });
  const han = tools.analyser.terms(query).filter(({ kind }) => kind !== 'p' && kind !== 'w');
  return [...groups, ...queryTerms(han, tools.weights)];
}

function chineseParts(stems: string, { dictionary, frequencyOf, weights: { translation } }: Tools): Parts {
  const parts: Parts = new Map();
  for (const { words, place } of dictionary.chinese(stems)) {
    const worth = worthOf(words, place, frequencyOf, translation) / words.length;
    for (const key of words) grow(parts, key, worth);
  }
  return parts;
}

/** A translation with a word that the library does not have is worth nothing. */
function worthOf(
  keys: ArrayLike<number>,
  place: number,
  frequencyOf: TranslationTarget['frequencyOf'],
  translation: RankingWeights['translation'],
): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < keys.length; i++) least = Math.min(least, frequencyOf(keys[i]!));
  return Number.isFinite(least) ? (1 + place) ** -translation.place * least ** translation.frequency : 0;
}

function withOwn(parts: Parts, own: Term | undefined, { frequencyOf, weights }: Tools): Parts {
  if (!own) return parts;
  if (parts.size === 0) return new Map([[own.key, 1]]);
  if (frequencyOf(own.key) === 0) return parts;
  const { own: share } = weights.translation;
  return new Map([...parts, [own.key, (sumOf(parts) * share) / (1 - share)]]);
}

function grow(parts: Parts, key: number, worth: number): void {
  if (worth > 0) parts.set(key, (parts.get(key) ?? 0) + worth);
}

function sumOf(parts: Parts): number {
  let sum = 0;
  for (const worth of parts.values()) sum += worth;
  return sum;
}

/** A group whose shares add up to 1; none where nothing is left. */
function groupOf(parts: Parts, weight: number, { weights: { translation } }: Tools): QueryTerm[] {
  const sum = sumOf(parts);
  const shares: QueryPart[] = [...parts]
    .map(([key, worth]) => ({ key, share: worth / sum }))
    .filter(({ share }) => share >= translation.leastShare);
  return shares.length === 0 ? [] : [{ parts: shares, weight, rarity: translation.rarity }];
}
