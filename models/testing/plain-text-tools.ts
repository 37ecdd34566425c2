import type { Span, TextTools } from '../text-tools.ts';

const SENTENCE = /[^。！？!?；;\n.]+(?:\.(?!\s|$)[^。！？!?；;\n.]*)*(?:[。！？!?；;.]+["”’」』)）*]*)?/gu;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Text tools without a dictionary, for tests: Han bigrams and bare word stems, weighed by the given texts. */
export function plainTextTools(corpus: string[] = []): TextTools {
  const counts = new Map<string, number>();
  for (const text of corpus) for (const term of analyse(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return {
    analyse,
    words,
    splitSentences,
    weigh(term) {
      const count = counts.get(term) ?? 0;
      return Math.log(1 + (corpus.length - count + 0.5) / (count + 0.5));
    },
  };
}

function analyse(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  const terms: string[] = [];
  for (const [run] of folded.matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (/\p{Script=Han}/u.test(run)) {
      if (run.length === 1) terms.push(run);
      for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
    } else terms.push(run.replace(/(?:ing|ed|es|s)$/u, ''));
  }
  return [...new Set(terms)];
}

function words(text: string): string[] {
  return [...segmenter.segment(text.normalize('NFKC').toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

function splitSentences(text: string): Span[] {
  return [...text.matchAll(SENTENCE)].flatMap(({ 0: found, index }) => {
    const bare = found.trim();
    const start = index + found.indexOf(bare);
    return bare === '' ? [] : [{ start, end: start + bare.length, text: bare }];
  });
}
