import { makeZip } from './zip-writer.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  `xmlns:m="${OFFICE}/math"`,
  `xmlns:r="${OFFICE}/relationships"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
].join(' ');

/** Parts by name; a relationship file is written for each part that names others. */
export type OfficeParts = Record<string, string | Buffer>;

interface Relations {
  [part: string]: { id: string; kind: string; target: string }[];
}

export interface Properties {
  title?: string;
  creator?: string;
  language?: string;
}

/** A Word document of `body` (paragraphs and tables); the other parts by name ("styles", "footnotes"). */
export function makeDocx(
  body: string,
  parts: Record<string, string> = {},
  properties: Properties = {},
): Buffer {
  const others = Object.entries(parts).map(([kind, xml]) => [`word/${kind}.xml`, xml] as const);
  const relations = Object.keys(parts).map(kind => ({ id: kind, kind, target: `${kind}.xml` }));
  return makeOffice(
    'word/document.xml',
    {
      'word/document.xml': `<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
      ...Object.fromEntries(others.map(([name, xml]) => [name, withNamespaces(xml)])),
    },
    { 'word/document.xml': relations },
    properties,
  );
}

export interface SlideParts {
  /** The shapes of the slide. */
  shapes: string;
  notes?: string;
  isHidden?: boolean;
}

/** A presentation whose files are numbered the other way round than its slides stand. */
export function makePptx(slides: SlideParts[], properties: Properties = {}): Buffer {
  const parts: OfficeParts = {};
  const relations: Relations = { 'ppt/presentation.xml': [] };
  const ids = slides.map(({ shapes, notes, isHidden }, i) => {
    const number = slides.length - i;
    const name = `ppt/slides/slide${number}.xml`;
    parts[name] = `<p:sld ${NAMESPACES}${isHidden ? ' show="0"' : ''}>${shapeTree(shapes)}</p:sld>`;
    relations['ppt/presentation.xml']!.push({
      id: `s${number}`,
      kind: 'slide',
      target: `slides/slide${number}.xml`,
    });
    if (notes !== undefined) {
      parts[`ppt/notesSlides/notes${number}.xml`] = `<p:notes ${NAMESPACES}>${shapeTree(notes)}</p:notes>`;
      relations[name] = [{ id: 'n', kind: 'notesSlide', target: `../notesSlides/notes${number}.xml` }];
    }
    return `<p:sldId id="${256 + i}" r:id="s${number}"/>`;
  });
  parts['ppt/presentation.xml'] =
    `<p:presentation ${NAMESPACES}><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`;
  return makeOffice('ppt/presentation.xml', parts, relations, properties);
}

export interface SheetParts {
  name: string;
  /** What stands within the sheet: `<sheetData>` and after it. */
  xml: string;
  state?: string;
}

/** A workbook; `parts` are "styles" and "sharedStrings". */
export function makeXlsx(sheets: SheetParts[], parts: Record<string, string> = {}): Buffer {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const list = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i}" r:id="s${i}"${state ? ` state="${state}"` : ''}/>`,
  );
  const contents: OfficeParts = {
    'xl/workbook.xml': `<workbook ${main} ${NAMESPACES}><sheets>${list.join('')}</sheets></workbook>`,
  };
  for (const [i, { xml }] of sheets.entries()) {
    contents[`xl/sheets/${i}.xml`] = `<worksheet ${main}>${xml}</worksheet>`;
  }
  for (const [kind, xml] of Object.entries(parts)) contents[`xl/${kind}.xml`] = xml.replace('>', ` ${main}>`);
  const relations = [
    ...sheets.map((_sheet, i) => ({ id: `s${i}`, kind: 'worksheet', target: `/xl/sheets/${i}.xml` })),
    ...Object.keys(parts).map(kind => ({ id: kind, kind, target: `${kind}.xml` })),
  ];
  return makeOffice('xl/workbook.xml', contents, { 'xl/workbook.xml': relations }, {});
}

/** Rows of a sheet with inline strings. */
export function sheetRows(rows: string[][]): string {
  const cells = (row: string[]) => row.map(cell => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('');
  return `<sheetData>${rows.map(row => `<row>${cells(row)}</row>`).join('')}</sheetData>`;
}

export function makeOffice(
  main: string,
  parts: OfficeParts,
  relations: Relations = {},
  { title = '', creator = '', language = '' }: Properties = {},
): Buffer {
  const all: OfficeParts = {
    ...parts,
    'docProps/core.xml':
      `<c:p xmlns:c="c" xmlns:dc="d"><dc:title>${title}</dc:title><dc:creator>${creator}</dc:creator>` +
      `<dc:language>${language}</dc:language></c:p>`,
  };
  const root = [
    { id: 'main', kind: 'officeDocument', target: main },
    { id: 'core', kind: 'core-properties', target: 'docProps/core.xml' },
  ];
  for (const [part, list] of Object.entries({ ...relations, '': root })) {
    const slash = part.lastIndexOf('/') + 1;
    const entries = list.map(
      ({ id, kind, target }) =>
        `<Relationship Id="${id}" Type="${OFFICE}/relationships/${kind}" Target="${target}"/>`,
    );
    all[`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`] =
      `<Relationships>${entries.join('')}</Relationships>`;
  }
  return makeZip(all);
}

function shapeTree(shapes: string): string {
  return `<p:cSld><p:spTree>${shapes}</p:spTree></p:cSld>`;
}

function withNamespaces(xml: string): string {
  return xml.replace(/^<[\w:]+/, start => `${start} ${NAMESPACES}`);
}
