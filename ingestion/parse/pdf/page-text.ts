import type { PdfPage } from './open-pdf.ts';
import { findUnseen } from './unseen-text.ts';

/** A stretch of text in one font at one place; y grows downwards from the top of the page. */
export interface Run {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  bold: boolean;
}

/** What a page has to read. */
export interface PageText {
  page: number;
  height: number;
  runs: Run[];
  /** Characters, of those that are to be seen, whose font does not say which letters they are. */
  unmapped: number;
  /** Characters that nobody sees who looks at the page. */
  unseen: number;
  /** The page has more text than any page; the rest was not read. */
  cutOff: boolean;
  /** Why the page could not be read. */
  fault?: string;
}

/** Ten times the text of a full newspaper page. */
const MOST_CHARACTERS = 300_000;

/** Smaller letters are not for people; footnotes are some 6 points high. */
const SMALLEST_SIZE = 1.5;

/** Private use, unassigned and control characters, and the mark of a failed conversion. */
const NO_LETTERS = /[\p{Co}\p{Cn}\uFFFD]|(?![\t\n\r])\p{Cc}/gu;

interface TextItem {
  str: string;
  width: number;
  height: number;
  transform: number[];
  fontName: string;
}

interface Font {
  name?: string;
  bold?: boolean;
  black?: boolean;
  composite?: boolean;
  toUnicode?: object;
}

/** Reads the runs of a page in the order of the file, those in the main direction of its text only. */
export async function readPage(page: PdfPage, hasImages: boolean): Promise<PageText> {
  const { items, cutOff } = await readItems(page);
  const unseenItems = cutOff ? new Set<number>() : await findUnseen(page, items, hasImages);
  const fonts = fontsOf(page);
  const viewport = page.getViewport({ scale: 1 });
  const turns = items.map(item => turnOf(matrix(viewport.transform, item.transform)));
  const turn = mainTurn(items, turns);
  const result: PageText = {
    page: page.pageNumber,
    height: turn % 2 === 0 ? viewport.height : viewport.width,
    runs: [],
    unmapped: 0,
    unseen: 0,
    cutOff,
  };
  for (const [i, item] of items.entries()) {
    if (item.str.trim() === '' || turns[i] !== turn) continue;
    const run = runOf(item, turnedBack(matrix(viewport.transform, item.transform), turn, viewport));
    const font = fonts.get(item.fontName);
    if (unseenItems.has(i) || run.size < SMALLEST_SIZE) result.unseen += lengthOf(item.str);
    else {
      result.unmapped += isMute(font) ? lengthOf(item.str) : (item.str.match(NO_LETTERS)?.length ?? 0);
      result.runs.push({ ...run, bold: isBold(font) });
    }
  }
  page.cleanup();
  return result;
}

/** Characters that are not white space. */
export function lengthOf(text: string): number {
  return text.replace(/\s/g, '').length;
}

async function readItems(page: PdfPage): Promise<{ items: TextItem[]; cutOff: boolean }> {
  const items: TextItem[] = [];
  const reader = page.streamTextContent({ disableNormalization: true }).getReader();
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return { items, cutOff: false };
    for (const item of value.items as (TextItem | { type: string })[]) {
      if (!('str' in item)) continue;
      items.push(item);
      length += item.str.length + 1;
    }
    if (length > MOST_CHARACTERS) {
      await reader.cancel(new Error('too much text'));
      return { items, cutOff: true };
    }
  }
}

function fontsOf(page: PdfPage): Map<string, Font> {
  const entries = [...(page.commonObjs as unknown as Iterable<[string, Font | null]>)];
  return new Map(entries.filter((entry): entry is [string, Font] => entry[1] !== null));
}

/** A font of thousands of glyphs without a table of their letters: its text are numbers of glyphs. */
function isMute(font: Font | undefined): boolean {
  return font?.composite === true && font.toUnicode !== undefined && 'firstChar' in font.toUnicode;
}

function isBold(font: Font | undefined): boolean {
  return (
    font?.bold === true ||
    font?.black === true ||
    /bold|heavy|black|hei(?!ti SC Light)/i.test(font?.name ?? '')
  );
}

function matrix(a: number[], b: number[]): number[] {
  const [a0, a1, a2, a3, a4, a5] = a as [number, number, number, number, number, number];
  const [b0, b1, b2, b3, b4, b5] = b as [number, number, number, number, number, number];
  return [
    a0 * b0 + a2 * b1,
    a1 * b0 + a3 * b1,
    a0 * b2 + a2 * b3,
    a1 * b2 + a3 * b3,
    a0 * b4 + a2 * b5 + a4,
    a1 * b4 + a3 * b5 + a5,
  ];
}

/** Quarter turns of the text against the page; undefined for slanted text, which is a stamp or watermark. */
function turnOf([a, b]: number[]): number | undefined {
  const quarters = Math.atan2(b!, a!) / (Math.PI / 2);
  const turn = Math.round(quarters);
  return Math.abs(quarters - turn) < 0.06 ? (turn + 4) % 4 : undefined;
}

function mainTurn(items: TextItem[], turns: (number | undefined)[]): number {
  const lengths = [0, 0, 0, 0];
  for (const [i, turn] of turns.entries()) if (turn !== undefined) lengths[turn]! += items[i]!.str.length;
  return lengths.indexOf(Math.max(...lengths));
}

function turnedBack(
  m: number[],
  turn: number,
  { width, height }: { width: number; height: number },
): number[] {
  const [a, b, c, d, x, y] = m as [number, number, number, number, number, number];
  if (turn === 1) return [b, -a, d, -c, y, width - x];
  if (turn === 2) return [-a, -b, -c, -d, width - x, height - y];
  if (turn === 3) return [-b, a, -d, c, height - y, x];
  return m;
}

function runOf(item: TextItem, m: number[]): Omit<Run, 'bold'> {
  const [, , c, d, x, y] = m as [number, number, number, number, number, number];
  const text = item.str.replace(/[\uFB00-\uFB06\u2E80-\u2FDF\uF900-\uFAFF]/g, letter =>
    letter.normalize('NFKC'),
  );
  return { text, x, right: x + item.width, y, size: Math.hypot(c, d) };
}
