import { AppError } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';
import { createBlockReader } from './docx-blocks.ts';
import { readNumbering } from './docx-numbering.ts';
import { readStyles } from './docx-styles.ts';
import type { FileContent } from './file-content.ts';
import {
  fieldsOfProperties,
  languageOf,
  OFFICE_NAMESPACES,
  openPackage,
  relatedPart,
  titleOf,
} from './office-package.ts';
import { createOutline } from './outline.ts';
import { checkFields } from './parsed-resource.ts';
import { childElements, eachXmlElement, type XmlElement } from './xml.ts';

/**
 * Reads a Word document as it stands when all changes are accepted, without hidden text and comments. The XML is
 * walked here and not by mammoth, which drops formulas, and took 976 MB for a file of 246 KB.
 * @throws AppError `unreadable-resource`
 */
export async function parseDocx(bytes: Buffer, path: string): Promise<FileContent> {
  const office = await openPackage(bytes, 'docx');
  const related = (kind: string) => relatedPart(office, office.mainPart, kind);
  const reader = createBlockReader({
    styles: readStyles(await related('styles')),
    numbering: readNumbering(await related('numbering')),
    notes: new Map([...notesIn(await related('footnotes')), ...notesIn(await related('endnotes'))]),
  });
  // One after the other: the tree of a long book would fill the memory.
  const source = await office.readSource(office.mainPart);
  eachXmlElement(source, OFFICE_NAMESPACES, ['w:p', 'w:tbl'], reader.take);
  const blocks = reader.close();
  const fields = await fieldsOfProperties(office);
  const title = titleOf(fields.title, blocks.find(({ level }) => level !== undefined)?.text, path);
  const outline = createOutline(title, '\n\n');
  for (const { level, text } of blocks) {
    if (level === undefined) outline.add(cleanText(text));
    else outline.open(level, cleanText(text));
  }
  const sections = outline.close();
  if (sections.length === 0) throw new AppError('unreadable-resource', 'the document has no text');
  const text = sections.map(section => section.text).join('\n\n');
  const language = languageOf(fields.language, text);
  const input = checkFields({ id: path, ...fields, title, language, text });
  return { resources: [{ input, sections }], leftOut: [] };
}

function notesIn(root: XmlElement | undefined): [string, XmlElement][] {
  return childElements(root)
    .filter(({ attributes }) => attributes['w:type'] === undefined || attributes['w:type'] === 'normal')
    .map(note => [`${note.name.slice('w:'.length)} ${note.attributes['w:id']}`, note]);
}
