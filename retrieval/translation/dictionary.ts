import { fileURLToPath } from 'node:url';
import type { Analyser } from '../analysis.ts';
import { readSnapshot, writeSnapshot } from '../snapshot-file.ts';
import { textKey } from '../term-key.ts';
import { compileDictionary } from './compile-dictionary.ts';

/**
 * One direction: words (by key, ascending) and their translations, each as the keys of its terms in the index. Word `i`
 * has the translations `starts[i]` to `starts[i + 1]`, translation `t` the terms `termStarts[t]` to `termStarts[t + 1]`.
 */
export interface Direction {
  words: Float64Array;
  starts: Uint32Array;
  places: Uint8Array;
  wholes: Float64Array;
  termStarts: Uint32Array;
  terms: Float64Array;
}

export interface CompiledDictionary {
  version: number;
  /** From folded Chinese words. */
  english: Direction;
  /** From English stems joined by spaces. */
  chinese: Direction;
}

export interface Translation {
  /** Among those of the dictionary's entry; 0 is the most usual. */
  place: number;
  /** Stems, or the bigrams of a Chinese word (the character of one that has a single). */
  words: Float64Array;
  /** The one term that it is where texts are cut so: the pair of two stems, a word of three characters; 0 without. */
  whole: number;
}

/** Chinese words with English translations and back. */
export interface Dictionary {
  /** English translations of a folded Chinese word; empty for one that is not in it. */
  english(word: string): Translation[];
  /** Chinese words for English stems joined by spaces; empty for what is not in it. */
  chinese(stems: string): Translation[];
  /** Whether a folded Chinese word is in it. */
  has(word: string): boolean;
}

/** Raise whenever compiling gives another result. */
export const DICTIONARY_VERSION = 1;

const COMPILED = fileURLToPath(new URL('./dictionary.compiled', import.meta.url));

/** Opens the dictionary as `npm install` compiled it; where that did not happen, compiles it (a second or two). */
export async function openDictionary(analyser: Analyser): Promise<Dictionary> {
  const stored = (await readSnapshot(COMPILED)) as CompiledDictionary | undefined;
  if (stored?.version === DICTIONARY_VERSION) return dictionaryOf(stored);
  const compiled = await compileDictionary(analyser);
  await writeSnapshot(COMPILED, compiled).catch((error: NodeJS.ErrnoException) => {
    // An installation that may not be written to compiles at every start.
    if (error.code !== 'EROFS' && error.code !== 'EACCES') throw error;
  });
  return dictionaryOf(compiled);
}

export function dictionaryOf({ english, chinese }: CompiledDictionary): Dictionary {
  return {
    english: word => translations(english, word),
    chinese: stems => translations(chinese, stems),
    has: word => placeOf(english.words, wordKey(word)) >= 0,
  };
}

/** Key of a word or phrase in the tables of a dictionary. */
export function wordKey(word: string): number {
  return textKey(word, 0);
}

function translations(direction: Direction, word: string): Translation[] {
  const { words, starts, places, wholes, termStarts, terms } = direction;
  const at = placeOf(words, wordKey(word));
  if (at < 0) return [];
  const found: Translation[] = [];
  for (let t = starts[at]!; t < starts[at + 1]!; t++) {
    found.push({
      place: places[t]!,
      words: terms.subarray(termStarts[t]!, termStarts[t + 1]!),
      whole: wholes[t]!,
    });
  }
  return found;
}

function placeOf(keys: Float64Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (keys[middle] === key) return middle;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
