import type { Span } from '../rich-text/rich-text.tsx';

const SYMBOLS: Record<string, string> = {
  times: '×',
  cdot: '·',
  div: '÷',
  pm: '±',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  sqrt: '√',
  circ: '°',
  degree: '°',
  pi: 'π',
  alpha: 'α',
  beta: 'β',
  theta: 'θ',
  Delta: 'Δ',
  to: '→',
  rightarrow: '→',
};

/** A text as a voice should read it: without the marks of Markdown, formulas by signs that voices know. */
export function speakable(text: string): string {
  return text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\$+([^$]+)\$+/g, (_, formula: string) => speakableFormula(formula))
    .replace(/^\s*(?:#{1,6}|[-*+>]|```\w*)\s*/gm, '')
    .replace(/\*\*|__|[`*#$]/g, '')
    .replace(/\s*\|\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function speakableFormula(formula: string): string {
  return formula
    .replace(/\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2')
    .replace(/\^\{?\\circ\}?/g, '°')
    .replace(/\^\{?2\}?/g, '²')
    .replace(/\^\{?3\}?/g, '³')
    .replace(/\\([a-zA-Z]+)/g, (_, name: string) => SYMBOLS[name] ?? ' ')
    .replace(/[\\{}]/g, '');
}

/** The sentences of a text by their places in it; what has nothing to say (rules, lines of a table) is left out. */
export function sentenceSpans(text: string, language: string): Span[] {
  return pieces(text, language).flatMap(([start, piece]) => {
    const before = piece.match(/^\s*(?:(?:#{1,6}|[-*+>])\s+)?/)?.[0].length ?? 0;
    const end = start + piece.trimEnd().length;
    return /[\p{L}\p{N}]/u.test(piece) ? [{ start: start + before, end }] : [];
  });
}

function pieces(text: string, language: string): [number, string][] {
  // Not in browsers from before 2024; they read line by line.
  if (!('Segmenter' in Intl)) return [...text.matchAll(/[^\n]+/g)].map(match => [match.index, match[0]]);
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return Array.from(segmenter.segment(text), ({ index, segment }) => [index, segment]);
}
