import { AppError, messageOf } from '../../library/errors.ts';
import type { Section } from '../../library/resources.ts';
import { type Archive, readArchive } from './archive.ts';
import { type Part, readManifest } from './cartridge-manifest.ts';
import { readDiscussion, readWebLink } from './cartridge-parts.ts';
import type { FileContent, FileParser } from './file-content.ts';
import { readXml, resolveInPackage } from './packaged-files.ts';
import { checkFields, type ParsedResource } from './parsed-resource.ts';
import { titleOfPath } from './plain-text.ts';
import { contentOfBank, type QuestionBank, readBank } from './qti.ts';
import type { XmlElement } from './xml.ts';

/** The file that makes an archive a course package: IMS Common Cartridge, SCORM, or a package of questions. */
export const MANIFEST = 'imsmanifest.xml';

/**
 * Reads a course package: the course, which lists its parts, and each part as a resource of its own. `parsePart` reads
 * files of other formats.
 * @throws AppError `unreadable-resource` when the package as a whole cannot be read.
 */
export async function parseCartridge(
  bytes: Buffer,
  path: string,
  parsePart: FileParser,
): Promise<FileContent> {
  const archive = await readArchive(bytes);
  const name = archive.names
    .filter(other => other.split('/').at(-1) === MANIFEST)
    .sort((a, b) => a.length - b.length)[0];
  if (name === undefined)
    throw new AppError(
      'unreadable-resource',
      `no course package: it has no ${MANIFEST}; export the course anew`,
    );
  const { title, description, language, parts } = readManifest(await readXml(archive, name), name);
  const content: FileContent = { resources: [], leftOut: [] };
  const found: { part: Part; title: string }[] = [];
  const loose: QuestionBank = { title: `${title || titleOfPath(path)}: 题目 / questions`, questions: [] };
  const inTests = await itemsOfTests(archive, parts);
  for (const part of parts) {
    try {
      const read = await readPart(archive, part, { path, parsePart, loose, inTests });
      for (const resource of read.resources) found.push({ part, title: resource.input.title });
      content.resources.push(...read.resources.map(resource => underHeadings(resource, part.above)));
      content.leftOut.push(...read.leftOut);
    } catch (error) {
      // A fault of ours must not look like one of the file.
      if (!(error instanceof AppError)) throw error;
      content.leftOut.push({ place: `${path}#${part.identifier}`, reason: messageOf(error) });
    }
  }
  if (loose.questions.length > 0) merge(content, contentOfBank(loose, `${path}#questions`));
  if (content.resources.length === 0) {
    const first = content.leftOut[0] ? `; ${content.leftOut[0].reason}` : '';
    throw new AppError('unreadable-resource', `the course package has no part that can be read${first}`);
  }
  const course = courseOf(found, { id: path, title: title || titleOfPath(path), description, language });
  return {
    resources: [course, ...content.resources],
    leftOut: [...content.leftOut, ...otherFiles(archive, parts, path)],
  };
}

interface Reading {
  path: string;
  parsePart: FileParser;
  loose: QuestionBank;
  inTests: Set<string>;
}

async function readPart(archive: Archive, part: Part, reading: Reading): Promise<FileContent> {
  const { path, parsePart, loose, inTests } = reading;
  const id = `${path}#${part.identifier}`;
  if (!archive.has(part.file))
    throw new AppError('unreadable-resource', `the package has no file "${part.file}"`);
  if (/^imsdt/.test(part.type))
    return only(readDiscussion(await readXml(archive, part.file), id, part.title));
  if (/^imswl/.test(part.type)) return only(readWebLink(await readXml(archive, part.file), id, part.title));
  if (!/qti/.test(part.type))
    return withIds(await parsePart(await archive.read(part.file), part.file), part, id);
  const bank = await readBank(await readXml(archive, part.file), href => itemAt(archive, part.file, href));
  if (!bank) throw new AppError('unreadable-resource', `"${part.file}" is no question bank (QTI)`);
  const isItem = /item/.test(part.type);
  if (isItem && !inTests.has(part.file)) loose.questions.push(...bank.questions);
  return isItem
    ? { resources: [], leftOut: [] }
    : contentOfBank({ ...bank, title: part.title || bank.title }, id);
}

async function itemAt(archive: Archive, from: string, href: string): Promise<XmlElement | undefined> {
  const name = resolveInPackage(from, href);
  return name !== undefined && archive.has(name) ? readXml(archive, name) : undefined;
}

/** The items that a test of the package asks; the others make a bank together. */
async function itemsOfTests(archive: Archive, parts: Part[]): Promise<Set<string>> {
  const items = new Set<string>();
  for (const { type, file } of parts) {
    if (!/qti.*test/.test(type) || !archive.has(file)) continue;
    const source = (await archive.read(file)).toString('utf8');
    for (const [, href] of source.matchAll(/\bhref\s*=\s*["']([^"']{1,500})["']/g)) {
      items.add(resolveInPackage(file, href!) ?? '');
    }
  }
  return items;
}

function only(resource: ParsedResource): FileContent {
  return { resources: [resource], leftOut: [] };
}

function merge(content: FileContent, { resources, leftOut }: FileContent): void {
  content.resources.push(...resources);
  content.leftOut.push(...leftOut);
}

/** A file of the package is known by the identifier of its part; its title in the course goes before its own. */
function withIds({ resources, leftOut }: FileContent, part: Part, id: string): FileContent {
  const isSingle = resources.length === 1;
  return {
    resources: resources.map(({ input, sections }) => ({
      input: {
        ...input,
        id: isSingle ? id : `${id}/${input.id}`,
        title: isSingle && part.title !== '' ? part.title : input.title,
      },
      sections,
    })),
    leftOut: leftOut.map(({ place, reason }) => ({ place: `${id}/${place}`, reason })),
  };
}

function underHeadings({ input, sections }: ParsedResource, above: string[]): ParsedResource {
  return {
    input,
    sections: sections.map(section => ({ ...section, heading: [...above, ...section.heading] })),
  };
}

/** The course itself says what it is made of, unit by unit. */
function courseOf(found: { part: Part; title: string }[], fields: Record<string, unknown>): ParsedResource {
  const sections: Section[] = [];
  for (const { part, title } of found) {
    const open = sections.at(-1);
    const isSameUnit = open !== undefined && open.heading.join('\n') === part.above.join('\n');
    if (isSameUnit) open.text += `\n- ${title}`;
    else sections.push({ heading: part.above, text: `- ${title}` });
  }
  const text = sections.map(section => section.text).join('\n\n');
  return { input: checkFields({ ...fields, type: 'course', text }), sections };
}

/** Pictures, scripts and the like belong to pages by the hundred, so they are counted, not listed. */
function otherFiles(archive: Archive, parts: Part[], path: string): FileContent['leftOut'] {
  const read = new Set(parts.map(({ file }) => file));
  const rest = archive.names.filter(name => !read.has(name) && !/\.(?:xml|xsd|dtd)$/i.test(name));
  if (rest.length === 0) return [];
  const kinds = [
    ...new Set(rest.map(name => /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? 'without ending')),
  ];
  return [
    {
      place: path,
      reason: `${rest.length} more files (${kinds.slice(0, 12).join(', ')}) that no part of the course names, or without text`,
    },
  ];
}
