import { getResolvedPDFJS } from 'unpdf';
import type { PdfPage } from './open-pdf.ts';

/** Text that is neither filled nor stroked, alone and as a clipping path. */
const UNSEEN_MODES = new Set([3, 7]);

/** So much more unseen than seen text is what a text recognition laid under the picture of a page. */
const RECOGNIZED = 5;

interface Glyph {
  letter: string;
  unseen: boolean;
}

interface Look {
  unseenMode: boolean;
  white: boolean;
}

/**
 * The indexes of the items that the page does not show: a channel for orders to a model. The text of a recognized scan
 * is unseen as a whole and stays. White letters count where neither an image nor a filled shape could be behind them.
 */
export async function findUnseen(
  page: PdfPage,
  items: { str: string }[],
  hasImages: boolean,
): Promise<Set<number>> {
  const glyphs = await readGlyphs(page, hasImages);
  const unseen = glyphs.filter(glyph => glyph.unseen).length;
  if (unseen === 0 || unseen >= (glyphs.length - unseen) * RECOGNIZED) return new Set();
  return match(items, glyphs);
}

/** Items and glyphs come in the same order; where the letters differ the page is taken as it is. */
function match(items: { str: string }[], glyphs: Glyph[]): Set<number> {
  const found = new Set<number>();
  let at = 0;
  let differing = 0;
  for (const [i, { str }] of items.entries()) {
    let unseen = 0;
    const letters = str.replace(/\s/g, '');
    for (let k = 0; k < letters.length; k++, at++) {
      if (glyphs[at]?.letter !== letters[k]) differing++;
      if (glyphs[at]?.unseen) unseen++;
    }
    if (letters.length > 0 && unseen * 2 > letters.length) found.add(i);
  }
  return at === glyphs.length && differing * 5 < at ? found : new Set();
}

async function readGlyphs(page: PdfPage, hasImages: boolean): Promise<Glyph[]> {
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: 0 });
  const fills = new Set([OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke, OPS.shadingFill]);
  const paints = (fn: number, args: unknown[]) =>
    fills.has(fn) || (fn === OPS.constructPath && fills.has(args[0] as number));
  const whiteIsUnseen = !hasImages && !fnArray.some((fn, i) => paints(fn, argsArray[i]));
  const glyphs: Glyph[] = [];
  const saved: Look[] = [];
  let look: Look = { unseenMode: false, white: false };
  for (const [i, fn] of fnArray.entries()) {
    const args = argsArray[i] as unknown[];
    if (fn === OPS.save || fn === OPS.paintFormXObjectBegin) saved.push(look);
    else if (fn === OPS.restore || fn === OPS.paintFormXObjectEnd) look = saved.pop() ?? look;
    else if (fn === OPS.setTextRenderingMode)
      look = { ...look, unseenMode: UNSEEN_MODES.has(args[0] as number) };
    else if (fn === OPS.setFillRGBColor) look = { ...look, white: args[0] === '#ffffff' };
    else if (fn === OPS.showText) {
      const unseen = look.unseenMode || (look.white && whiteIsUnseen);
      for (const letter of lettersOf(args[0])) glyphs.push({ letter, unseen });
    }
  }
  return glyphs;
}

function lettersOf(glyphs: unknown): string {
  const shown = (glyphs as (number | { unicode?: string } | null)[]).map(glyph =>
    glyph !== null && typeof glyph === 'object' ? (glyph.unicode ?? '') : '',
  );
  return shown.join('').replace(/\s/g, '');
}
