import { AppError, messageOf } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import { createOutline } from './outline.ts';
import { checkFields } from './parsed-resource.ts';
import { readBookmarks } from './pdf/bookmarks.ts';
import { findHeadings, type Headings, type PageParagraphs } from './pdf/headings.ts';
import { linesOf } from './pdf/lines.ts';
import { type Metadata, readMetadata, titleFor } from './pdf/metadata.ts';
import { closePdf, openPdf, type PdfDocument, unreadable } from './pdf/open-pdf.ts';
import { lengthOf, type PageText, readPage } from './pdf/page-text.ts';
import { paragraphsOf } from './pdf/paragraphs.ts';
import { withoutRunningLines } from './pdf/running-lines.ts';

/** Fewer characters than this, headers aside, make no page of text: it is a picture, a scan or blank. */
const SHORTEST_PAGE = 10;

/** Fewer characters a page than this, over the whole document, are stamps on scans. */
const SPARSEST_DOCUMENT = 20;

/** A text book has 2 million. */
const MOST_CHARACTERS = 5_000_000;

const OCR_ADVICE = 'run text recognition (OCR) on it, then bring it again';

/**
 * Reads the text of a PDF page by page: lines, paragraphs and headings by their place and size.
 * @throws AppError `unreadable-resource`; its reason asks for text recognition (OCR) when the pages are pictures of
 * text, or their fonts don't say which letters they show.
 */
export async function parsePdf(bytes: Buffer, path: string): Promise<FileContent> {
  const pdf = await openPdf(bytes);
  try {
    const texts = await readPages(pdf, bytes.includes('/Image'));
    const [metadata, bookmarks] = [await readMetadata(pdf), await readBookmarks(pdf)];
    const { readable, leftOut } = sortOut(texts, path);
    const pages = readable.map(({ page, lines }) => ({ page, paragraphs: paragraphsOf(lines) }));
    const headings = findHeadings(pages, bookmarks);
    return { resources: [resourceOf(pages, headings, metadata, path)], leftOut };
  } finally {
    await closePdf(pdf);
  }
}

async function readPages(pdf: PdfDocument, hasImages: boolean): Promise<PageText[]> {
  const texts: PageText[] = [];
  let length = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const text = await readPageOf(pdf, number, hasImages);
    texts.push(text);
    length += text.runs.reduce((sum, run) => sum + run.text.length, 0);
    if (length > MOST_CHARACTERS)
      throw unreadable(`it has more than ${MOST_CHARACTERS} characters; split it into parts`);
  }
  return texts;
}

/** A damaged page takes nothing from the others. */
async function readPageOf(pdf: PdfDocument, number: number, hasImages: boolean): Promise<PageText> {
  try {
    return await readPage(await pdf.getPage(number), hasImages);
  } catch (error) {
    const message = messageOf(error).slice(0, 200);
    const fault = message.includes('call stack') ? 'nested too deeply' : message;
    return { page: number, height: 1, runs: [], unmapped: 0, unseen: 0, cutOff: false, fault };
  }
}

/** The pages that have text; what is missing from the others, by page. */
function sortOut(texts: PageText[], path: string) {
  const pages = withoutRunningLines(
    texts.map(({ page, height, runs }) => ({ page, height, lines: linesOf(runs) })),
  );
  const lengths = pages.map(({ lines }) => lengthOf(lines.map(line => line.text).join('')));
  const shown = texts.map(({ runs }) => lengthOf(runs.map(run => run.text).join('')));
  const isMute = texts.map(({ unmapped }, i) => unmapped > 0.3 * shown[i]!);
  const isEmpty = lengths.map(length => length < SHORTEST_PAGE);
  const readable = pages.filter((_, i) => !isMute[i] && !isEmpty[i]);
  const total = readable.reduce((sum, page) => sum + lengths[pages.indexOf(page)]!, 0);
  if (readable.length === 0 || (readable.length < pages.length && total < SPARSEST_DOCUMENT * pages.length)) {
    const fault = texts.find(text => text.fault !== undefined)?.fault;
    if (fault !== undefined) throw unreadable('its pages are damaged; export it anew', fault);
    const mute = isMute.filter(Boolean).length;
    const what =
      mute * 2 > pages.length
        ? 'the fonts of the PDF do not say which letters they show'
        : 'the pages of the PDF are pictures (a scan) with hardly any text';
    throw needsOcr(what);
  }
  const at = (isIncluded: (i: number) => boolean, reason: string) =>
    rangesOf(texts.filter((_, i) => isIncluded(i)).map(({ page }) => page)).map(range => ({
      place: `${path}#page=${range}`,
      reason,
    }));
  return {
    readable,
    leftOut: [
      ...at(i => texts[i]!.fault !== undefined, 'the page is damaged; export the PDF anew'),
      ...at(i => isMute[i]!, `needs-ocr: its fonts do not say which letters they show; ${OCR_ADVICE}`),
      ...at(
        i => isEmpty[i]! && !isMute[i] && texts[i]!.fault === undefined,
        `needs-ocr: hardly any text (a scan, a picture or blank); if it has text, ${OCR_ADVICE}`,
      ),
      ...at(i => texts[i]!.unseen > 0 && !isEmpty[i], 'text that the page does not show (invisible or tiny)'),
      ...at(i => texts[i]!.cutOff, 'more text than a page can have; the rest was not read'),
    ],
  };
}

/** The first word is for programs, which count what only waits for text recognition. */
function needsOcr(reason: string) {
  return new AppError('unreadable-resource', `needs-ocr: ${reason}; ${OCR_ADVICE}`);
}

/** [1, 2, 3, 7] as "1-3" and "7". */
function rangesOf(pages: number[]): string[] {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
}

function resourceOf(pages: PageParagraphs[], headings: Headings, metadata: Metadata, path: string) {
  // Chapters are several; one heading above all others is the title.
  const top = [...headings.values()].reduce((least, level) => Math.min(least, level), 6);
  const highest = [...headings].filter(([, level]) => level === top);
  const heading = highest.length === 1 ? highest[0]![0].text : undefined;
  const title = cleanText(titleFor(metadata, heading, path));
  const outline = createOutline(title, '\n\n');
  for (const { page, paragraphs } of pages) {
    outline.moveTo({ kind: 'page', page });
    for (const paragraph of paragraphs) {
      const text = cleanText(paragraph.text);
      const level = headings.get(paragraph);
      if (level === undefined) outline.add(text);
      else outline.open(level, text);
    }
  }
  const sections = outline.close();
  const text = sections.map(section => section.text).join('\n\n');
  const { authors, description, language } = metadata;
  return { input: checkFields({ id: path, title, authors, description, language, text }), sections };
}
