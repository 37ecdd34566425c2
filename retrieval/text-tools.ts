import { type Analyser, stemOf } from './analysis.ts';
import { languageOf } from './language.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { type Span, splitSentences } from './sentences.ts';

/** Language as the index knows it, for the models and agents, which get it as plain functions. */
export function createTextTools(analyser: Analyser, index: LexicalIndex) {
  /** Terms are handed out as text; the index wants their keys. Emptied when full, it fills again in milliseconds. */
  const keys = new Map<string, number>();
  return {
    analyse(text: string): string[] {
      if (keys.size > 100_000) keys.clear();
      const terms = analyser.terms(text).filter(({ kind }) => kind === 'p' || kind === 'b');
      return terms.map(({ text: found, kind, key }) => {
        const term = kind === 'p' ? stemOf(found) : found;
        keys.set(term, key);
        return term;
      });
    },
    words: (text: string): string[] => analyser.words(text),
    weigh(term: string): number {
      const key = keys.get(term) ?? analyser.terms(term)[0]?.key;
      return key === undefined ? 0 : index.idf({ key }, languageOf(term));
    },
    splitSentences: (text: string): Span[] => splitSentences(text),
  };
}
