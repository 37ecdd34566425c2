import { titleOfPath } from '../plain-text.ts';
import type { PdfDocument } from './open-pdf.ts';

/** What programs write there when nobody did. */
const JUNK_TITLE =
  /^(?:untitled|无标题|未命名|文档\s*\d*|document\s*\d*|presentation\d*|powerpoint\b.*|slide\s*\d+|幻灯片\s*\d+|about:blank|microsoft \w+ - .*|.*\.(?:docx?|pptx?|xlsx?|pdf|wps|dps|et|indd|qxd|cdr|dvi|tex|rtf|html?|txt)|https?:.*|[^\p{L}]*)$/iu;
const JUNK_AUTHOR =
  /^(?:user|admin|administrator|owner|author|anonymous|unknown|pc|windows(?: 用户| user)?|microsoft(?: 用户| user| office.*)?|微软用户|雨林木风|番茄花园|深度系统|用户|作者|default|hp|lenovo|dell|acer|asus|[^\p{L}]*)$/iu;

export interface Metadata {
  title: string | undefined;
  authors: string | undefined;
  description: string | undefined;
  language: string | undefined;
}

/** Title, authors and subject as the PDF names them, without what a program put there. */
export async function readMetadata(pdf: PdfDocument): Promise<Metadata> {
  const info = await readInfo(pdf);
  const title = textOf(info.Title);
  const authors = textOf(info.Author);
  return {
    title: title !== undefined && !JUNK_TITLE.test(title) && isReadable(title) ? title : undefined,
    authors: authors !== undefined && !JUNK_AUTHOR.test(authors) && isReadable(authors) ? authors : undefined,
    description: textOf(info.Subject),
    language: undefined,
  };
}

/** Titles that were read in the wrong encoding show as accented letters and signs in a row. */
function isReadable(text: string): boolean {
  return !/[\u0080-\u00FF]{3}|[\uFFFD\p{Co}]/u.test(text);
}

/** The name of the file where the document names itself by junk only. */
export function titleFor(metadata: Metadata, heading: string | undefined, path: string): string {
  return metadata.title ?? heading ?? titleOfPath(path);
}

async function readInfo(pdf: PdfDocument): Promise<Record<string, unknown>> {
  try {
    return (await pdf.getMetadata()).info as Record<string, unknown>;
  } catch {
    // Broken metadata is common and takes nothing from the text.
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  const text =
    typeof value === 'string'
      ? value
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim()
          .slice(0, 500)
      : '';
  return text === '' ? undefined : text;
}
