import type { Span, TextTools } from '../text-tools.ts';

/** The line under the names of a table's columns. */
const RULE = /^\|?[\s:|-]*-[\s:|-]*$/u;

/**
 * Sentences of a text; what the splitter keeps whole over several lines (tables, code, formulas) line by line, without
 * the names of a table's columns, which alone say nothing.
 */
export function quotableSpans(text: string, tools: TextTools): Span[] {
  return tools
    .splitSentences(text)
    .flatMap(span => (span.text.includes('\n') ? rowsOf(linesOf(span.text, span.start)) : [span]))
    .map(withoutFrame)
    .filter(({ text: own }) => own !== '');
}

function rowsOf(lines: Span[]): Span[] {
  return lines.filter(({ text }, i) => !RULE.test(text) && !RULE.test(lines[i + 1]?.text ?? ''));
}

/** Lines of a text that say something, as spans from `offset` on. */
export function linesOf(text: string, offset = 0): Span[] {
  return [...text.matchAll(/[^\n]+/gu)].flatMap(({ 0: line, index }) => {
    const bare = line.trim();
    const start = offset + index + line.indexOf(bare);
    return bare === '' ? [] : [{ start, end: start + bare.length, text: bare }];
  });
}

/** The bullet or number of a list item and the outer bars of a table's row are no part of what is said. */
export function withoutFrame({ start, text }: Span): Span {
  const lead = /^(?:(?:[-*+•>_]{1,3}|\(?\d{1,2}[.)、．）])\s+|\|\s*)*/u.exec(text)![0];
  const own = text.slice(lead.length).replace(/\s*\|$/u, '');
  return { start: start + lead.length, end: start + lead.length + own.length, text: own };
}
