import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { stemmer } from 'stemmer';
import { fold, HAN, MARK, OTHER, unitClass, WORD } from './fold.ts';
import { chainKey, pairKey, textKey } from './term-key.ts';
import {
  clear,
  createTermStream,
  KIND_CODES,
  KINDS,
  reserve,
  type TermKind,
  type TermStream,
} from './term-stream.ts';

/** Changes whenever the same text would give other terms: index snapshots of another version are rebuilt. */
export const ANALYSER_VERSION = 2;

/** One distinct term of a text. `text` is its folded form, for display and comparison. */
export interface Term {
  key: number;
  kind: TermKind;
  text: string;
  count: number;
}

export interface Analyser {
  /** Writes the terms of `text` into `stream`, from its start on. */
  analyse(text: string, stream: TermStream): void;
  /** Distinct terms of a short text (a query, a sentence), in order of first appearance. */
  terms(text: string): Term[];
  /** Han words and other words of a text in order, folded, not stemmed. */
  words(text: string): string[];
}

/** Longer runs of letters are encoded data or addresses; their stem would say nothing. */
const LONGEST_STEMMED = 30;

/** Loads the dictionary (about half a second) and returns the analyser. Its functions are synchronous. */
export async function createAnalyser(): Promise<Analyser> {
  const jieba = Jieba.withDict(dict);
  const stems = new Map<string, number>();
  const scratch = createTermStream();

  const stemKey = (word: string): number => {
    let key = stems.get(word);
    if (key === undefined) {
      // Emptied rather than aged: it fills again in milliseconds, and a crawl of codes must not fill the memory.
      if (stems.size > 200_000) stems.clear();
      key = textKey(stemOf(word), KIND_CODES.p + 1);
      stems.set(word, key);
    }
    return key;
  };

  const analyse = (text: string, stream: TermStream): void => {
    const folded = fold(text);
    clear(stream);
    scanRuns(folded, stream, stemKey);
  };

  const terms = (text: string): Term[] => {
    const folded = fold(text);
    clear(scratch);
    scanRuns(folded, scratch, stemKey);
    return distinctTerms(scratch, folded);
  };

  const words = (text: string): string[] =>
    jieba.cut(fold(text), true).filter(word => unitClass[word.charCodeAt(0)] !== OTHER);

  return { analyse, terms, words };
}

/** The different terms of a stream. A Map of such keys would take longer than the analysis itself. */
function distinctTerms(stream: TermStream, folded: string): Term[] {
  const found: Term[] = [];
  const mask = 2 ** Math.ceil(Math.log2(2 * stream.count + 2)) - 1;
  /** 1 + place in `found`, at the key's hash or the next free place after it. */
  const table = new Int32Array(mask + 1);
  for (let i = 0; i < stream.count; i++) {
    const key = stream.keys[i]!;
    let at = key & mask;
    while (table[at]! > 0 && found[table[at]! - 1]!.key !== key) at = (at + 1) & mask;
    if (table[at]! > 0) {
      found[table[at]! - 1]!.count++;
      continue;
    }
    const kind = stream.kinds[i]!;
    const text = folded.slice(stream.starts[i]!, stream.ends[i]!);
    table[at] = found.push({ key, kind: KINDS[kind]!, text, count: 1 });
  }
  return found;
}

/** Porter stem of a folded word; words with digits and very long ones stay as they are. */
export function stemOf(word: string): string {
  return word.length > 2 && word.length <= LONGEST_STEMMED && /^[a-z]+$/.test(word) ? stemmer(word) : word;
}

/** Adds the `p`, `w`, `b` and `u` terms of folded text. */
function scanRuns(folded: string, stream: TermStream, stemKey: (word: string) => number): void {
  let previousWord = -1;
  let i = 0;
  while (i < folded.length) {
    const kind = unitClass[folded.charCodeAt(i)]!;
    if (kind !== WORD && kind !== HAN) {
      i++;
      continue;
    }
    const start = i;
    i = endOfRun(folded, i, kind);
    if (kind === HAN) {
      addHanRun(folded, start, i, stream);
      previousWord = -1;
      continue;
    }
    const key = stemKey(folded.slice(start, i));
    reserve(stream, 2);
    push(stream, key, KIND_CODES.p, start, i);
    stream.length++;
    if (previousWord >= 0) {
      const before = stream.keys[previousWord]!;
      push(stream, chainKey(before, key), KIND_CODES.w, stream.starts[previousWord]!, i);
      previousWord = stream.count - 2;
    } else previousWord = stream.count - 1;
  }
}

function endOfRun(folded: string, start: number, kind: number): number {
  let end = start + 1;
  while (end < folded.length) {
    const unit = folded.charCodeAt(end);
    const secondHalf = kind === HAN && unit >= 0xdc00 && unit <= 0xdfff;
    const next = unitClass[unit]!;
    if (next !== kind && next !== MARK && !secondHalf) break;
    end++;
  }
  return end;
}

function addHanRun(folded: string, start: number, end: number, stream: TermStream): void {
  reserve(stream, 2 * (end - start));
  for (let i = start; i < end; i++) {
    const unit = folded.charCodeAt(i);
    push(stream, pairKey(unit, 0, KIND_CODES.u + 1), KIND_CODES.u, i, i + 1);
    if (i + 1 === end) break;
    push(stream, pairKey(unit, folded.charCodeAt(i + 1), KIND_CODES.b + 1), KIND_CODES.b, i, i + 2);
    stream.length++;
  }
}

function push(stream: TermStream, key: number, kind: number, start: number, end: number): void {
  const at = stream.count++;
  stream.keys[at] = key;
  stream.kinds[at] = kind;
  stream.starts[at] = start;
  stream.ends[at] = end;
}
