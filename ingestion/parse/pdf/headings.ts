import type { Bookmark } from './bookmarks.ts';
import type { Paragraph } from './paragraphs.ts';

export interface PageParagraphs {
  page: number;
  paragraphs: Paragraph[];
}

/** The level of each paragraph that is a heading. */
export type Headings = Map<Paragraph, number>;

/** Letters of a heading are at least this much larger than those of the text. */
const LARGER = 1.14;
const LONGEST_HEADING = 80;
const LOWEST_SIZES = 4;

/** Headings by the bookmarks where these fit the text, else by size and weight of the letters. */
export function findHeadings(pages: PageParagraphs[], bookmarks: Bookmark[]): Headings {
  const marked = byBookmarks(pages, bookmarks);
  return marked.size >= 2 && marked.size * 2 >= bookmarks.length ? marked : byLetters(pages);
}

function byBookmarks(pages: PageParagraphs[], bookmarks: Bookmark[]): Headings {
  const headings: Headings = new Map();
  const byPage = new Map(pages.map(page => [page.page, page.paragraphs]));
  for (const { title, level, page } of bookmarks) {
    const wanted = bare(title);
    const paragraph = byPage.get(page)?.find(({ text }) => isNamed(bare(text), wanted));
    if (paragraph && !headings.has(paragraph)) headings.set(paragraph, level);
  }
  return headings;
}

/** Numbers of chapters stand in one of the two only, in many documents. */
function isNamed(text: string, title: string): boolean {
  if (text === title) return true;
  const [long, short] = text.length > title.length ? [text, title] : [title, text];
  return short.length >= 2 && long.endsWith(short) && long.length - short.length <= 6;
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{P}]/gu, '')
    .toLowerCase();
}

function byLetters(pages: PageParagraphs[]): Headings {
  const all = pages.flatMap(page => page.paragraphs);
  const body = bodySize(all);
  const candidates = all.filter(isTitleLike);
  const large = candidates.filter(({ size }) => size >= body * LARGER);
  const sizes = distinctSizes(large).slice(0, LOWEST_SIZES);
  const headings: Headings = new Map();
  for (const paragraph of large) {
    const rank = sizes.findIndex(size => paragraph.size >= size - 0.6);
    headings.set(paragraph, (rank < 0 ? sizes.length - 1 : rank) + 1);
  }
  // Where all is bold, bold means nothing.
  const bold = all.filter(paragraph => paragraph.bold && !headings.has(paragraph));
  const share = lengthOf(bold) / Math.max(1, lengthOf(all));
  if (share < 0.2) {
    for (const paragraph of bold) {
      const isHeading = isTitleLike(paragraph) && paragraph.lines === 1 && paragraph.size >= body * 0.95;
      if (isHeading) headings.set(paragraph, Math.min(sizes.length + 1, 6));
    }
  }
  return headings;
}

function isTitleLike({ text, lines }: Paragraph): boolean {
  return (
    lines <= 3 &&
    text.length <= LONGEST_HEADING &&
    /\p{L}{2}/u.test(text) &&
    !/[。，,；;：:！!]$/u.test(text) &&
    !/[^.\s]\.$/.test(text)
  );
}

function lengthOf(paragraphs: Paragraph[]): number {
  return paragraphs.reduce((sum, { text }) => sum + text.length, 0);
}

/** The size of most letters. */
function bodySize(paragraphs: Paragraph[]): number {
  const lengths = new Map<number, number>();
  for (const { size, text } of paragraphs) {
    const rounded = Math.round(size * 2) / 2;
    lengths.set(rounded, (lengths.get(rounded) ?? 0) + text.length);
  }
  return [...lengths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Descending; sizes that differ by less than a point are one. */
function distinctSizes(paragraphs: Paragraph[]): number[] {
  const sizes: number[] = [];
  for (const { size } of paragraphs.toSorted((a, b) => b.size - a.size)) {
    if (sizes.length === 0 || sizes.at(-1)! - size > 0.6) sizes.push(size);
  }
  return sizes;
}
