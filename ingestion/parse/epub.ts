import { AppError } from '../../library/errors.ts';
import type { Section } from '../../library/resources.ts';
import { type Archive, readArchive } from './archive.ts';
import { cleanText } from './clean-text.ts';
import { refuseDrm } from './epub-drm.ts';
import { type BookFile, chapterTitles } from './epub-toc.ts';
import type { FileContent } from './file-content.ts';
import { parseTree, textOfHtml } from './html.ts';
import { sectionsOfHtml } from './html-text.ts';
import { readXml, resolveInPackage } from './packaged-files.ts';
import { checkFields } from './parsed-resource.ts';
import { titleOfPath } from './plain-text.ts';
import { childElements, decodeXml, descend, descendants, type XmlElement, xmlText } from './xml.ts';

interface Book {
  fields: Record<string, unknown>;
  files: Map<string, BookFile>;
  /** In reading order. */
  spine: BookFile[];
}

/**
 * Reads an e-book: its chapters in the order of the book, without covers and tables of contents.
 * @throws AppError `unreadable-resource` when it is none, is damaged, protected, or has no text.
 */
export async function parseEpub(bytes: Buffer, path: string): Promise<FileContent> {
  const archive = await readArchive(bytes);
  const packageName = await findPackage(archive);
  const book = readBook(await readXml(archive, packageName), packageName);
  await refuseDrm(archive, book.spine);
  const chapters = await chapterTitles(archive, [...book.files.values()]);
  const title = cleanText(`${book.fields.title ?? titleOfPath(path)}`);
  const sections: Section[] = [];
  const leftOut: FileContent['leftOut'] = [];
  let chapter: string | undefined;
  for (const file of book.spine) {
    if (!archive.has(file.name)) {
      leftOut.push({ place: `${path}#${file.name}`, reason: 'the book names it but does not contain it' });
      continue;
    }
    const page = sectionsOfPage(decodeXml(await archive.read(file.name)), title);
    chapter =
      chapters.get(file.name) ?? (page.some(({ heading }) => heading.length > 0) ? undefined : chapter);
    for (const section of page) sections.push(underChapter(section, page, chapter));
  }
  if (sections.length === 0) {
    throw new AppError(
      'unreadable-resource',
      'the e-book has no text: its pages may be pictures; run text recognition (OCR) on it, then bring it again',
    );
  }
  const text = sections.map(section => section.text).join('\n\n');
  return {
    resources: [{ input: checkFields({ ...book.fields, id: path, title, type: 'book', text }), sections }],
    leftOut,
  };
}

async function findPackage(archive: Archive): Promise<string> {
  const container = 'META-INF/container.xml';
  const name = archive.has(container)
    ? [...descendants(await readXml(archive, container), 'rootfile')][0]?.attributes['full-path']
    : archive.names.find(other => other.endsWith('.opf'));
  if (name === undefined || !archive.has(name)) {
    throw new AppError('unreadable-resource', 'not an e-book: it has no package file (.opf)');
  }
  return name;
}

function readBook(root: XmlElement, packageName: string): Book {
  const metadata = descend(root, 'metadata');
  const all = (name: string) =>
    [...(metadata ? descendants(metadata, name) : [])]
      .map(element => xmlText(element).replace(/\s+/g, ' ').trim())
      .filter(text => text !== '');
  const files = new Map<string, BookFile>();
  for (const item of childElements(descend(root, 'manifest'), 'item')) {
    const { id = '', href = '', 'media-type': type = '', properties = '' } = item.attributes;
    const name = resolveInPackage(packageName, href);
    if (name !== undefined) files.set(id, { name, type, properties: properties.split(/\s+/) });
  }
  const contents = childElements(descend(root, 'guide'), 'reference')
    .filter(({ attributes }) => attributes.type === 'toc')
    .map(({ attributes }) => resolveInPackage(packageName, attributes.href ?? ''));
  const spine = childElements(descend(root, 'spine'), 'itemref')
    .map(({ attributes }) => files.get(attributes.idref ?? ''))
    .filter(file => file !== undefined)
    .filter(({ type, properties, name }) => {
      return /html/.test(type) && !properties.includes('nav') && !contents.includes(name);
    });
  const description = all('description')[0];
  return {
    fields: {
      title: all('title')[0],
      authors: all('creator').join(', '),
      language: all('language').find(language => language.length >= 2 && language.length <= 20),
      provider: all('publisher')[0],
      licence: all('rights')[0],
      description: description && textOfHtml(description),
    },
    files,
    spine,
  };
}

function sectionsOfPage(source: string, title: string): Section[] {
  return sectionsOfHtml(parseTree(cleanText(source), 'xhtml'), title);
}

/** A page whose own headings do not name its chapter gets it from the table of contents. */
function underChapter(section: Section, page: Section[], chapter: string | undefined): Section {
  const isNamed = chapter === undefined || page.some(({ heading }) => heading.includes(chapter));
  return isNamed ? section : { ...section, heading: [chapter, ...section.heading] };
}
