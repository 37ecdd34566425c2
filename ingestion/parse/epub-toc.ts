import type { Archive } from './archive.ts';
import { readXml, resolveInPackage } from './packaged-files.ts';
import { descend, descendants, type XmlElement, xmlText } from './xml.ts';

/** A file of the book as its package lists it. */
export interface BookFile {
  name: string;
  type: string;
  properties: string[];
}

/** The title of each page that the table of contents leads to the beginning of: EPUB 3 has `nav`, EPUB 2 an NCX. */
export async function chapterTitles(archive: Archive, files: BookFile[]): Promise<Map<string, string>> {
  const nav = files.find(({ properties }) => properties.includes('nav'));
  const ncx = files.find(({ type }) => type === 'application/x-dtbncx+xml');
  const titles = new Map<string, string>();
  const source = [nav, ncx].find(file => file !== undefined && archive.has(file.name));
  if (!source) return titles;
  const root = await readXml(archive, source.name);
  for (const [href, title] of source === nav ? linksOfNav(root) : linksOfNcx(root)) {
    const name = resolveInPackage(source.name, href);
    if (name !== undefined && title !== '' && !titles.has(name)) titles.set(name, title);
  }
  return titles;
}

function* linksOfNav(root: XmlElement): Generator<[string, string]> {
  const lists = [...descendants(root, 'nav')];
  const contents = lists.find(
    ({ attributes }) => attributes['epub:type'] === 'toc' || attributes.type === 'toc',
  );
  for (const link of descendants(contents ?? lists[0] ?? root, 'a')) {
    yield [link.attributes.href ?? '', lineOfXml(link)];
  }
}

function* linksOfNcx(root: XmlElement): Generator<[string, string]> {
  for (const point of descendants(root, 'navPoint')) {
    yield [descend(point, 'content')?.attributes.src ?? '', lineOfXml(descend(point, 'navLabel'))];
  }
}

function lineOfXml(element: XmlElement | undefined): string {
  return xmlText(element).replace(/\s+/g, ' ').trim();
}
