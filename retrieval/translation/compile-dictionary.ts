import { readFile } from 'node:fs/promises';
import { type Analyser, stemOf } from '../analysis.ts';
import { fold } from '../fold.ts';
import { textKey } from '../term-key.ts';
import { readGlosses } from './glosses.ts';

/**
 * One direction: words (by key, ascending) and their translations, each as the keys of its terms in the index. Word `i`
 * has the translations `starts[i]` to `starts[i + 1]`, translation `t` the terms `termStarts[t]` to `termStarts[t + 1]`.
 */
export interface Direction {
  words: Float64Array;
  starts: Uint32Array;
  places: Uint8Array;
  pairs: Float64Array;
  termStarts: Uint32Array;
  terms: Float64Array;
}

/** Both directions, from folded Chinese words and from English stems joined by spaces. */
export interface Directions {
  english: Direction;
  chinese: Direction;
}

/** Traditional, simplified, pinyin, meanings. */
type Entry = [string, string, string, string | string[], ...unknown[]];
type Entries = Map<string, (TermsOf & { place: number })[]>;

interface TermsOf {
  words: number[];
  pair: number;
}

/** Glosses of more words are explanations; nobody asks with them. */
const LONGEST_PHRASE = 3;
/** A place is kept in a byte; what comes so late is hardly ever meant. */
const LAST_PLACE = 255;

/**
 * Compiles CC-CEDICT (CC BY-SA 4.0, by its editors and MDBG), which the package `cc-cedict` carries. Its data file is
 * read, not its module, which would build indexes of its own in 200 MB.
 */
export async function compileDictionary(analyser: Analyser): Promise<Directions> {
  const file = new URL('../data/all.js', import.meta.resolve('cc-cedict'));
  const text = await readFile(file, 'utf8');
  const { all } = JSON.parse(text.slice(text.indexOf('{'))) as { all: Entry[] };
  const english: Entries = new Map();
  const chinese: Entries = new Map();
  for (const [, simplified, , meanings] of all) {
    const word = fold(simplified);
    const wordTerms = chineseTerms(word, analyser);
    for (const gloss of readGlosses(meanings)) {
      const place = Math.min(LAST_PLACE, english.get(word)?.length ?? 0);
      add(english, word, { place, ...englishTerms(gloss, analyser) });
      const stems = gloss.split(' ').map(stemOf);
      if (stems.length <= LONGEST_PHRASE) add(chinese, stems.join(' '), { place, ...wordTerms });
    }
  }
  return { english: directionOf(english), chinese: directionOf(chinese) };
}

/** Key of a word or phrase in the tables of a dictionary. */
export function wordKey(word: string): number {
  return textKey(word, 0);
}

function add(entries: Entries, word: string, translation: TermsOf & { place: number }): void {
  const known = entries.get(word);
  if (known) known.push(translation);
  else entries.set(word, [translation]);
}

function englishTerms(gloss: string, analyser: Analyser): TermsOf {
  const terms = analyser.terms(gloss);
  const words = terms.filter(({ kind }) => kind === 'p').map(({ key }) => key);
  const pair = words.length === 2 ? terms.find(({ kind }) => kind === 'w') : undefined;
  return { words, pair: pair?.key ?? 0 };
}

function chineseTerms(word: string, analyser: Analyser): TermsOf {
  const terms = analyser.terms(word);
  const kind = word.length === 1 ? 'u' : 'b';
  return { words: terms.filter(term => term.kind === kind).map(({ key }) => key), pair: 0 };
}

function directionOf(entries: Entries): Direction {
  const rows = [...entries]
    .map(([word, translations]) => ({ key: wordKey(word), translations }))
    .sort((a, b) => a.key - b.key);
  const translations = rows.flatMap(row => row.translations);
  return {
    words: Float64Array.from(rows, ({ key }) => key),
    starts: offsets(rows.map(row => row.translations.length)),
    places: Uint8Array.from(translations, ({ place }) => place),
    pairs: Float64Array.from(translations, ({ pair }) => pair),
    termStarts: offsets(translations.map(({ words }) => words.length)),
    terms: Float64Array.from(translations.flatMap(({ words }) => words)),
  };
}

/** Where each stretch begins, and where the last one ends. */
function offsets(lengths: number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return starts;
}
