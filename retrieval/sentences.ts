import { findBreaks } from './breaks.ts';
import { languageOf } from './language.ts';

/** A stretch of a text: `text === whole.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
  text: string;
}

/** Sentence ends and everything that weighs more: lines and paragraphs (see `findBreaks`). */
const SENTENCE_LEVEL = 2;

/**
 * Sentences and list items of a text, in order, without the white space between them. Formulas, code and tables are
 * not torn; Chinese and English stops, closing quotes, abbreviations and decimals are known.
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { at, level } of findBreaks(text, languageOf(text))) {
    if (level > SENTENCE_LEVEL && at < text.length) continue;
    const stretch = text.slice(start, at);
    const sentence = stretch.trim();
    if (sentence !== '') {
      const from = start + stretch.indexOf(sentence);
      spans.push({ start: from, end: from + sentence.length, text: sentence });
    }
    start = at;
  }
  return spans;
}
