import type { Line } from './lines.ts';

/** A page as lines. */
export interface PageLines {
  page: number;
  height: number;
  lines: Line[];
}

/** The strips at the top and bottom of a page where headers, footers and page numbers stand. */
const STRIP = 0.12;
/** How far the same line may move between pages, in points. */
const TOLERANCE = 4;
/** On this part of the pages: headers of left and right pages differ. */
const SHARE = 0.4;

const PAGE_NUMBER =
  /^[\s\-–—·•|/.]*(?:第\s*)?(?:page\s*)?#(?:\s*(?:of|\/|页|共|，|,|-|–)+\s*#?)*\s*页?[\s\-–—·•|/.]*$/iu;

/** Leaves out what stands at the same place on most pages, numbers aside. */
export function withoutRunningLines(pages: PageLines[]): PageLines[] {
  const places = new Map<string, number[]>();
  for (const page of pages) {
    for (const line of page.lines) {
      if (!isInStrip(line, page.height)) continue;
      const key = keyOf(line);
      const ys = places.get(key) ?? [];
      ys.push(line.y);
      places.set(key, ys);
    }
  }
  const isRunning = (line: Line, height: number) => {
    if (!isInStrip(line, height)) return false;
    const key = keyOf(line);
    const repeated = places.get(key)!.filter(y => Math.abs(y - line.y) <= TOLERANCE).length;
    return repeated >= (PAGE_NUMBER.test(key) ? 2 : Math.max(3, pages.length * SHARE));
  };
  return pages.map(page => ({ ...page, lines: page.lines.filter(line => !isRunning(line, page.height)) }));
}

function isInStrip({ y, size }: Line, height: number): boolean {
  return y < height * STRIP || y - size > height * (1 - STRIP);
}

function keyOf({ text }: Line): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, ' ');
}
