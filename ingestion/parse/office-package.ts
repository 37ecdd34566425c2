import { AppError } from '../../library/errors.ts';
import { detectLanguage, plainLanguage } from '../language.ts';
import { type Archive, readArchive } from './archive.ts';
import { cleanText } from './clean-text.ts';
import { titleOfPath } from './plain-text.ts';
import {
  childElements,
  decodeXml,
  descend,
  type Namespaces,
  parseXml,
  type XmlElement,
  xmlText,
} from './xml.ts';

/** Both editions of the standard name everything differently, and writers choose prefixes as they like. */
export const OFFICE_NAMESPACES: Namespaces = {
  ...prefixesOf('http://schemas.openxmlformats.org/', '/2006'),
  ...prefixesOf('http://purl.oclc.org/ooxml/', ''),
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
};

function prefixesOf(base: string, year: string): Namespaces {
  return {
    [`${base}wordprocessingml${year}/main`]: 'w',
    [`${base}presentationml${year}/main`]: 'p',
    [`${base}spreadsheetml${year}/main`]: 'x',
    [`${base}drawingml${year}/main`]: 'a',
    [`${base}officeDocument${year}/math`]: 'm',
    [`${base}officeDocument${year}/relationships`]: 'r',
  };
}

/** Beyond this much XML in one part a file is no text that people wrote; a novel has 3 MB. */
const MOST_XML = 32 << 20;

const OLE_MAGIC = 'd0cf11e0a1b11ae1';

/** How the formats before 2007 call themselves inside, and as what to save them. */
const OLD_FORMATS = [
  { stream: 'WordDocument', ending: 'docx' },
  { stream: 'PowerPoint Document', ending: 'pptx' },
  { stream: 'Workbook', ending: 'xlsx' },
  { stream: 'Book', ending: 'xlsx' },
];

/** Another part that a part refers to. */
export interface Relationship {
  id: string;
  /** The last word of its type: "slide", "notesSlide", "styles". */
  kind: string;
  part: string;
}

/** An office file: parts of XML that refer to each other. */
export interface OfficePackage {
  /** Name of the part that everything hangs on. */
  mainPart: string;
  /** Source text of a part. */
  readSource(part: string): Promise<string>;
  readPart(part: string): Promise<XmlElement>;
  relationsOf(part: string): Promise<Relationship[]>;
}

/**
 * Opens a `.docx`, `.pptx` or `.xlsx`.
 * @throws AppError `unreadable-resource` when it is of another kind, of an old format, encrypted or damaged.
 */
export async function openPackage(bytes: Buffer, ending: 'docx' | 'pptx' | 'xlsx'): Promise<OfficePackage> {
  refuseOle(bytes, ending);
  const archive = await readArchive(bytes);
  const readSource = async (part: string) => decodeXml(await archive.read(part, MOST_XML));
  const readPart = async (part: string) => parseXml(await readSource(part), OFFICE_NAMESPACES);
  const relationsOf = async (part: string) => {
    const name = relationsName(part);
    return archive.has(name) ? relationsIn(await readPart(name), part, archive) : [];
  };
  const main = (await relationsOf('')).find(({ kind }) => kind === 'officeDocument')?.part;
  if (main === undefined || !archive.has(main))
    throw unreadable(`not a .${ending} file, whatever its name says; open it and save it as .${ending}`);
  return { mainPart: main, readSource, readPart, relationsOf };
}

/** The part of a kind that another refers to, if there is one. */
export async function relatedPart(
  office: OfficePackage,
  from: string,
  kind: string,
): Promise<XmlElement | undefined> {
  const relation = (await office.relationsOf(from)).find(found => found.kind === kind);
  return relation && office.readPart(relation.part);
}

/** Titles that programs give by themselves. */
const DEFAULT_TITLE =
  /^microsoft (?:office )?(?:word|powerpoint|excel)\b|^(?:powerpoint (?:presentation|演示文稿)|ppt ?模板.*|(?:slide|幻灯片|document|doc|文档|演示文稿|presentation) ?\d+|untitled.*|无标题.*|未命名.*|新建 ?.*(?:文档|演示文稿|工作表)|title|标题|word document)$/i;
const DEFAULT_AUTHOR =
  /^(?:admin(?:istrator)?|user|owner|unknown|lenovo|hp|dell|asus|微软用户|微软中国|用户|python-docx|openpyxl|microsoft(?: office)?(?: user)?)$/i;

/** The title, authors and language of the file's properties, without those that only a program filled in. */
export async function fieldsOfProperties(office: OfficePackage): Promise<Record<string, string | undefined>> {
  const properties = await relatedPart(office, '', 'core-properties');
  const read = (name: string) => cleanText(xmlText(descend(properties, name))).trim();
  const [title, author, language] = [read('title'), read('creator'), read('language')];
  return {
    title:
      title === '' || DEFAULT_TITLE.test(title) || /\.(?:docx?|pptx?|xlsx?)$/i.test(title)
        ? undefined
        : title,
    authors:
      author === '' || DEFAULT_AUTHOR.test(author) ? undefined : author.split(/\s*[;；]\s*/).join(', '),
    language: /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language) ? language : undefined,
  };
}

/** The title by which people know the file: its own, else its first heading, else its name. */
export function titleOf(own: string | undefined, firstHeading: string | undefined, path: string): string {
  return (own ?? firstHeading ?? titleOfPath(path)).replace(/\s+/g, ' ').slice(0, 1000);
}

/**
 * The language that the properties name, unless the text is plainly of another script: LibreOffice writes the language
 * of its own menus there.
 */
export function languageOf(named: string | undefined, text: string): string | undefined {
  if (named === undefined) return undefined;
  const byScript = detectLanguage(text);
  const isOther = ['zh', 'ja', 'ko'].includes(plainLanguage(named).slice(0, 2))
    ? byScript === 'en'
    : byScript !== 'en';
  return isOther ? undefined : named;
}

/** A toggle like `<w:vanish/>` or `<w:vanish w:val="0"/>`. */
export function isOn(element: XmlElement | undefined, attribute = 'w:val'): boolean {
  return element !== undefined && !['0', 'false', 'off'].includes(element.attributes[attribute] ?? '1');
}

/** The children, of alternatives for newer and older programs only those for the newer. */
export function currentChildren(element: XmlElement | undefined): XmlElement[] {
  return childElements(element).flatMap(child => {
    if (child.name !== 'mc:AlternateContent') return [child];
    return currentChildren(descend(child, 'mc:Choice') ?? descend(child, 'mc:Fallback'));
  });
}

function relationsIn(root: XmlElement, from: string, archive: Archive): Relationship[] {
  return childElements(root, 'Relationship')
    .filter(({ attributes }) => attributes.TargetMode !== 'External')
    .map(({ attributes: { Id = '', Type = '', Target = '' } }) => ({
      id: Id,
      kind: Type.slice(Type.lastIndexOf('/') + 1),
      part: resolvePart(from, Target),
    }))
    .filter(({ part }) => archive.has(part));
}

function resolvePart(from: string, target: string): string {
  const steps = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function relationsName(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** The container of the formats before 2007; encrypted files of today hide in it, too. */
function refuseOle(bytes: Buffer, ending: string): void {
  if (bytes.subarray(0, 8).toString('hex') !== OLE_MAGIC) return;
  const has = (stream: string) => bytes.includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (has('EncryptedPackage')) {
    throw unreadable('it is protected by a password; open it, remove the password and save it again');
  }
  const old = OLD_FORMATS.find(({ stream }) => has(stream))?.ending ?? ending;
  throw unreadable(`an office file of the format before 2007; open it and save it as .${old}`);
}

function unreadable(reason: string): AppError {
  return new AppError('unreadable-resource', reason);
}
