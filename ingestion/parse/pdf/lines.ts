import type { Run } from './page-text.ts';

/** A line of a column, in reading order. */
export interface Line {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  bold: boolean;
  /** Parts far from each other: cells of a row, or choices side by side. */
  cells: number;
}

/** Scripts that set no space between words, with their punctuation. */
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303F\\uFF00-\\uFFEF·…—“”‘’';
const FULL_WIDTH = '\\p{Script=Han}\\u3001-\\u303F\\uFF00-\\uFFEF';
/** A space after the number of a chapter is meant. */
const CHAPTER = '(?<!第[\\d一二三四五六七八九十百零]{1,6}(?:章|节|课|讲|篇|单元))';
const STRAY_SPACES = new RegExp(
  `(?<=[${FULL_WIDTH}])${CHAPTER}[ \\u00A0]+(?=[${CJK}])|(?<=[${CJK}])${CHAPTER}[ \\u00A0]+(?=[${FULL_WIDTH}])`,
  'gu',
);
const ENDS_CJK = new RegExp(`[${CJK}]$`, 'u');
const BEGINS_CJK = new RegExp(`^[${CJK}]`, 'u');

/** Parts of a line that are further apart than this (in letter heights) are cells of their own. */
const CELL_GAP = 1.6;
/** The gap between columns is at least this wide; stretched spaces between words seldom are. */
const COLUMN_GAP = 0.7;
/** A gap that is a space between Latin words; between letters of one word it stays below. */
const WORD_GAP = 0.18;

/** The lines of a page in reading order, column by column where it clearly has two. */
export function linesOf(runs: Run[]): Line[] {
  const parts = partsOf(runs);
  const gutter = findGutter(parts);
  if (gutter === undefined) return joinRows(parts);
  const lines: Line[] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  const endBand = () => {
    lines.push(...joinRows(left), ...joinRows(right));
    left = [];
    right = [];
  };
  for (const part of parts) {
    if (part.right <= gutter) left.push(part);
    else if (part.x >= gutter) right.push(part);
    else {
      endBand();
      lines.push(part);
    }
  }
  endBand();
  return lines;
}

/** Joins two texts as they follow each other: no space beside Han characters, line-end hyphens undone. */
export function joinTexts(before: string, after: string): string {
  if (/\u00AD$/.test(before)) return before.slice(0, -1) + after;
  if (/\p{Ll}[-\u2010]$/u.test(before) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  const glued = ENDS_CJK.test(before) || BEGINS_CJK.test(after) || /[-\u2010/]$/.test(before);
  return before + (glued ? '' : ' ') + after;
}

/** Runs on one baseline with no gap between them that could be one between columns, from the top down. */
function partsOf(runs: Run[]): Line[] {
  const parts: Line[] = [];
  for (const row of rowsOf(runs)) {
    let part: Line | undefined;
    for (const run of row.toSorted((a, b) => a.x - b.x)) {
      const gap = part ? run.x - part.right : 0;
      if (!part || gap > COLUMN_GAP * Math.min(run.size, part.size)) {
        part = { ...run, cells: 1 };
        parts.push(part);
      } else append(part, run, gap);
    }
  }
  return parts.map(part => ({ ...part, text: tidy(part.text) })).filter(part => part.text !== '');
}

/** Letters printed twice at nearly one place are how some programs make bold type. */
function append(part: Line, run: Run, gap: number): void {
  if (gap < -0.8 * (run.right - run.x) && part.text.endsWith(run.text)) return;
  const spaced = gap > WORD_GAP * run.size && !/\s$/.test(part.text) && !/^\s/.test(run.text);
  part.text += (spaced ? ' ' : '') + run.text;
  if (run.right - run.x > part.right - part.x) part.y = run.y;
  part.right = Math.max(part.right, run.right);
  part.size = Math.max(part.size, run.size);
  part.bold &&= run.bold;
}

/** Runs whose letters overlap in height by more than half; raised and lowered ones join the line they belong to. */
function rowsOf(runs: Run[]): Run[][] {
  const rows: { y: number; size: number; runs: Run[] }[] = [];
  for (const run of runs.toSorted((a, b) => a.y - b.y || b.size - a.size)) {
    const row = rows.slice(-3).findLast(({ y, size }) => run.y - y < 0.5 * Math.min(size, run.size * 1.4));
    if (row) {
      row.runs.push(run);
      if (run.size > row.size) Object.assign(row, { y: run.y, size: run.size });
    } else rows.push({ y: run.y, size: run.size, runs: [run] });
  }
  return rows.map(row => row.runs);
}

function tidy(text: string): string {
  return text
    .replace(/[\s\u00A0]+/g, ' ')
    .replace(STRAY_SPACES, '')
    .trim();
}

/** Parts of one row become one line again, with a space between them. */
function joinRows(parts: Line[]): Line[] {
  const lines: Line[] = [];
  for (const part of parts) {
    const before = lines.at(-1);
    if (
      before &&
      Math.abs(part.y - before.y) < 0.5 * Math.min(part.size, before.size) &&
      part.x >= before.right - 1
    ) {
      const isCell = part.x - before.right > CELL_GAP * Math.min(part.size, before.size);
      before.text = isCell ? `${before.text} ${part.text}` : joinTexts(before.text, part.text);
      if (isCell) before.cells++;
      before.right = part.right;
      before.size = Math.max(before.size, part.size);
      before.bold &&= part.bold;
    } else lines.push({ ...part });
  }
  return lines;
}

/**
 * Where the gap between two columns of running text is: hardly a line crosses it, and both sides have many lines that
 * fill their column. Tables and choices side by side have short parts.
 */
function findGutter(parts: Line[]): number | undefined {
  if (parts.length < 12) return undefined;
  const start = Math.min(...parts.map(part => part.x));
  const end = Math.max(...parts.map(part => part.right));
  const width = end - start;
  const candidates = [...new Set(parts.map(part => Math.round(part.x) - 1))].filter(
    x => x > start + width * 0.3 && x < start + width * 0.7,
  );
  const isColumn = (column: Line[], room: number) => {
    const lines = joinRows(column);
    const full = lines.filter(line => line.cells === 1 && line.right - line.x > room * 0.6).length;
    return lines.length >= 5 && full >= lines.length * 0.5;
  };
  let best: number | undefined;
  let bestCrossing = Number.POSITIVE_INFINITY;
  for (const x of candidates) {
    const crossing = parts.filter(part => part.x < x && part.right > x).length;
    if (crossing >= bestCrossing || crossing > parts.length * 0.15) continue;
    const left = parts.filter(part => part.right <= x);
    const right = parts.filter(part => part.x >= x);
    if (!isColumn(left, x - start) || !isColumn(right, end - x)) continue;
    best = x;
    bestCrossing = crossing;
  }
  return best;
}
