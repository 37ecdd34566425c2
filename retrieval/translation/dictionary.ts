import { fileURLToPath } from 'node:url';
import { ANALYSER_VERSION, type Analyser } from '../analysis.ts';
import { readSnapshot, writeSnapshot } from '../snapshot-file.ts';
import { compileDictionary, type Direction, type Directions, wordKey } from './compile-dictionary.ts';

interface CompiledDictionary extends Directions {
  version: string;
}

export interface Translation {
  /** Among those of the dictionary's entry; 0 is the most usual. */
  place: number;
  /** Stems, or the bigrams of a Chinese word (the character of one that has a single). */
  words: Float64Array;
  /** The term that two English stems side by side are; 0 for other translations. */
  pair: number;
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

/** Raise whenever compiling gives another result; the terms are those of the analyser. */
const COMPILER_VERSION = 1;
const VERSION = `${COMPILER_VERSION} ${ANALYSER_VERSION}`;

const COMPILED = fileURLToPath(new URL('./dictionary.compiled', import.meta.url));

/** Opens the dictionary as `npm install` compiled it; where that did not happen, compiles it (a second or two). */
export async function openDictionary(analyser: Analyser): Promise<Dictionary> {
  const stored = (await readSnapshot(COMPILED)) as CompiledDictionary | undefined;
  const { english, chinese } = stored?.version === VERSION ? stored : await storeDictionary(analyser);
  return {
    english: word => translations(english, word),
    chinese: stems => translations(chinese, stems),
    has: word => placeOf(english.words, wordKey(word)) >= 0,
  };
}

/** Compiles the dictionary and keeps the result beside this file; returns it. */
export async function storeDictionary(analyser: Analyser): Promise<CompiledDictionary> {
  const compiled = { version: VERSION, ...(await compileDictionary(analyser)) };
  await writeSnapshot(COMPILED, compiled).catch((error: NodeJS.ErrnoException) => {
    // An installation that may not be written to compiles at every start.
    if (error.code !== 'EROFS' && error.code !== 'EACCES') throw error;
  });
  return compiled;
}

function translations(direction: Direction, word: string): Translation[] {
  const { words, starts, places, pairs, termStarts, terms } = direction;
  const at = placeOf(words, wordKey(word));
  if (at < 0) return [];
  const found: Translation[] = [];
  for (let t = starts[at]!; t < starts[at + 1]!; t++) {
    found.push({
      place: places[t]!,
      words: terms.subarray(termStarts[t]!, termStarts[t + 1]!),
      pair: pairs[t]!,
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
