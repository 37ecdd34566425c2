import { makeDocx, makePptx, makeXlsx, sheetRows } from '../../ingestion/testing/office-files.ts';
import { makePdf, type PdfLine } from '../../ingestion/testing/pdf-writer.ts';
import { makeZip } from '../../ingestion/testing/zip-writer.ts';

/** A lesson as its paragraphs, the first of which is its title. */
export interface Lesson {
  title: string;
  paragraphs: string[];
}

/** Writes a lesson in a format, as an institution would have it. */
export type Writer = (lesson: Lesson) => Buffer;

/** The formats of the benchmark by their ending. */
export const WRITERS: Record<string, Writer> = {
  pdf: ({ title, paragraphs }) => makePdf(pagesOf([title, ...paragraphs])),
  docx: ({ title, paragraphs }) =>
    makeDocx(
      [title, ...paragraphs].map(text => `<w:p><w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`).join(''),
    ),
  pptx: ({ title, paragraphs }) =>
    makePptx(
      paragraphs.map((text, i) => ({
        shapes: shape(i === 0 ? title : `${title} ${i + 1}`, 'title') + shape(text, 'body'),
      })),
    ),
  xlsx: ({ title, paragraphs }) =>
    makeXlsx([
      {
        name: 'a',
        xml: sheetRows([
          ['标题', '正文'],
          ...paragraphs.map((text, i) => [`${escaped(title)} ${i + 1}`, escaped(text)]),
        ]),
      },
    ]),
  csv: ({ title, paragraphs }) =>
    Buffer.from(
      ['title,text', ...paragraphs.map((text, i) => `${quoted(`${title} ${i + 1}`)},${quoted(text)}`)].join(
        '\n',
      ),
    ),
  epub: epubOf,
  html: ({ title, paragraphs }) => Buffer.from(pageOf(title, paragraphs)),
  md: ({ title, paragraphs }) => Buffer.from(`# ${title}\n\n${paragraphs.join('\n\n')}`),
  srt: ({ paragraphs }) =>
    Buffer.from(
      paragraphs.map((text, i) => `${i + 1}\n${clock(i)} --> ${clock(i + 1)}\n${text}\n`).join('\n'),
    ),
  zip: lesson =>
    makeZip({
      'text.md': WRITERS.md!(lesson),
      'slides.pptx': WRITERS.pptx!(lesson),
      'picture.png': Buffer.from('\x89PNG', 'latin1'),
    }),
};

/** Letters in a line and lines on a page, as a page of A4 in 11 points has them. */
const LINE = 40;
const LINES = 44;

function pagesOf(paragraphs: string[]): PdfLine[][] {
  const lines = paragraphs.flatMap(text => [...wrapped(text), '']);
  const pages: PdfLine[][] = [];
  for (let first = 0; first < lines.length; first += LINES) {
    pages.push(
      lines
        .slice(first, first + LINES)
        .map((text, i) => ({ text, x: 60, y: 60 + i * 17, size: 11 }))
        .filter(({ text }) => text !== ''),
    );
  }
  return pages;
}

/** Lines of Chinese break anywhere, those of English between words; a Chinese letter is as wide as two. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let [line, width] = ['', 0];
  for (const piece of text.match(/\p{Script=Han}|[^\p{Script=Han}\s]+\s*|\s+/gu) ?? []) {
    const wide = /\p{Script=Han}/u.test(piece) ? 1 : piece.length / 2;
    if (width + wide > LINE) {
      lines.push(line.trimEnd());
      [line, width] = ['', 0];
    }
    line += piece;
    width += wide;
  }
  return [...lines, line.trimEnd()];
}

function shape(text: string, type: 'title' | 'body'): string {
  return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${escaped(text)}</a:t></a:r></a:p></p:txBody></p:sp>`;
}

function pageOf(title: string, paragraphs: string[]): string {
  const body = paragraphs.map(text => `<p>${escaped(text)}</p>`).join('');
  return `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1>${body}</body></html>`;
}

function epubOf({ title, paragraphs }: Lesson): Buffer {
  return makeZip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'book.opf': `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
    'a.xhtml': pageOf(title, paragraphs),
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function clock(tens: number): string {
  const seconds = tens * 10;
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)},000`;
}
