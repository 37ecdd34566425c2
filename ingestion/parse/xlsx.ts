import { AppError } from '../../library/errors.ts';
import { contentOfTables, MOST_ROWS, type Row, type Table } from './catalogue.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import {
  fieldsOfProperties,
  OFFICE_NAMESPACES,
  type OfficePackage,
  openPackage,
  relatedPart,
  titleOf,
} from './office-package.ts';
import { type CellFormats, readKinds, textOfCell, textOfString } from './xlsx-cells.ts';
import { childElements, descend, eachXmlElement, type XmlElement } from './xml.ts';

/** Tables for people are narrower; a cell in the last of 16,384 columns is a slip or does harm. */
const MOST_COLUMNS = 500;

/** All cells of a workbook: about 100 MB. */
const MOST_CELLS = 1_000_000;

/**
 * Reads a workbook: rows of a catalogue become resources, its other sheets one resource. Hidden sheets are left out.
 * @throws AppError `unreadable-resource`
 */
export async function parseXlsx(bytes: Buffer, path: string): Promise<FileContent> {
  const office = await openPackage(bytes, 'xlsx');
  const workbook = await office.readPart(office.mainPart);
  const relations = await office.relationsOf(office.mainPart);
  const formats = await readFormats(office, workbook);
  const tables: Table[] = [];
  const leftOut: FileContent['leftOut'] = [];
  const budget = { cells: MOST_CELLS };
  for (const { attributes } of childElements(descend(workbook, 'x:sheets'), 'x:sheet')) {
    const name = cleanText(attributes.name ?? '');
    const relation = relations.find(({ id }) => id === attributes['r:id']);
    if ((attributes.state ?? 'visible') !== 'visible') {
      leftOut.push({ place: `sheet "${name}"`, reason: 'hidden in the workbook' });
    } else if (relation?.kind === 'worksheet') {
      tables.push({ name, rows: readSheet(await office.readSource(relation.part), formats, budget) });
    }
  }
  const { title } = await fieldsOfProperties(office);
  return contentOfTables(tables, { path, title: titleOf(title, undefined, path), leftOut });
}

async function readFormats(office: OfficePackage, workbook: XmlElement): Promise<CellFormats> {
  const sharedStrings: string[] = [];
  const strings = (await office.relationsOf(office.mainPart)).find(({ kind }) => kind === 'sharedStrings');
  if (strings) {
    const source = await office.readSource(strings.part);
    eachXmlElement(source, OFFICE_NAMESPACES, ['x:si'], element =>
      sharedStrings.push(cleanText(textOfString(element))),
    );
  }
  const from1904 = ['1', 'true'].includes(descend(workbook, 'x:workbookPr')?.attributes.date1904 ?? '');
  const kinds = readKinds(await relatedPart(office, office.mainPart, 'styles'));
  return { sharedStrings, kinds, from1904 };
}

function readSheet(source: string, formats: CellFormats, budget: { cells: number }): Row[] {
  const rows: Row[] = [];
  const merges: string[] = [];
  let number = 0;
  eachXmlElement(source, OFFICE_NAMESPACES, ['x:row', 'x:mergeCell'], element => {
    if (element.name === 'x:mergeCell') {
      merges.push(element.attributes.ref ?? '');
      return;
    }
    const cells = readRow(element, formats);
    budget.cells -= cells.length;
    if (budget.cells < 0) {
      throw new AppError('unreadable-resource', `more than ${MOST_CELLS} cells; split the workbook`);
    }
    number = Number(element.attributes.r) || number + 1;
    // One more than a table may have shows that there are too many.
    if (cells.length > 0 && rows.length <= MOST_ROWS) rows.push({ number, cells });
  });
  fillMerged(rows, merges);
  return rows;
}

function readRow(row: XmlElement, formats: CellFormats): string[] {
  const cells: string[] = [];
  let next = 0;
  for (const cell of childElements(row, 'x:c')) {
    const column = columnOf(cell.attributes.r ?? '') ?? next;
    next = column + 1;
    const text = cleanText(textOfCell(cell, formats));
    if (text === '' || column < cells.length) continue;
    if (column >= MOST_COLUMNS) {
      throw new AppError(
        'unreadable-resource',
        `more than ${MOST_COLUMNS} columns; remove what is not needed`,
      );
    }
    while (cells.length < column) cells.push('');
    cells.push(text);
  }
  return cells;
}

/** A cell that spans rows ("数学" beside ten lessons) holds for each of them; across columns it holds once. */
function fillMerged(rows: Row[], merges: string[]): void {
  const byNumber = new Map(rows.map(row => [row.number, row]));
  const bottom = rows.reduce((last, { number }) => Math.max(last, number), 0);
  let left = MOST_CELLS;
  for (const merge of merges) {
    const [, from = '', top = '', , end = ''] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(merge) ?? [];
    const column = columnOf(from);
    const text = column === undefined ? undefined : byNumber.get(Number(top))?.cells[column];
    if (column === undefined || text === undefined || text === '') continue;
    for (
      let number = Number(top) + 1;
      number <= Math.min(Number(end), bottom) && left > 0;
      number++, left--
    ) {
      const cells = byNumber.get(number)?.cells;
      // A row without any word of its own is only the rest of a large cell.
      if (!cells || cells.every(cell => cell === '')) continue;
      while (cells.length <= column) cells.push('');
      cells[column] ||= text;
    }
  }
}

/** 0 for "A1", 27 for "AB12". */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
