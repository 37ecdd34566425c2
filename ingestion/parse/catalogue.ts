import { createHash } from 'node:crypto';
import { AppError } from '../../library/errors.ts';
import { type Column, readColumns } from './catalogue-columns.ts';
import { fieldsOfRow } from './catalogue-values.ts';
import type { FileContent } from './file-content.ts';
import { parseFields } from './manifest-line.ts';
import { markdownTable } from './markdown-table.ts';
import { checkFields } from './parsed-resource.ts';

/** A row as people count it, from 1. */
export interface Row {
  number: number;
  cells: string[];
}

/** A table of a file: all of a CSV, a sheet of a workbook. */
export interface Table {
  /** The name of the sheet. */
  name?: string;
  rows: Row[];
}

/** The file of the tables: its path, the title of what is no catalogue, and what was left out on reading it. */
export interface TableFile {
  path: string;
  title: string;
  leftOut: FileContent['leftOut'];
}

/** A catalogue may have lines of its own above the head: its name, who made it. */
const HEAD_WITHIN = 5;

/** More in one file would take longer and more memory than a file may. */
export const MOST_ROWS = 50_000;

/** Rows of a plain table that share a head, so that each passage says what its columns are. */
const ROWS_PER_HEAD = 20;

/**
 * The resources of tables: of a catalogue (it has a column of titles) one for each row, of all that are none one
 * together, its text the tables. A row that cannot be read is left out with the reason, the others stay.
 */
export function contentOfTables(tables: Table[], { path, title, leftOut }: TableFile): FileContent {
  const content: FileContent = { resources: [], leftOut: [...leftOut] };
  const seen: Seen = { ids: new Map(), rows: new Map(), counts: new Map() };
  const plain: Table[] = [];
  for (const table of tables) {
    const rows = table.rows.filter(({ cells }) => cells.some(cell => cell.trim() !== ''));
    if (rows.length > MOST_ROWS) {
      const reason = `more than ${MOST_ROWS} rows in one table; split the file`;
      content.leftOut.push({ place: placeOf(table, rows[MOST_ROWS]!), reason });
    }
    const kept = { ...table, rows: rows.slice(0, MOST_ROWS) };
    const head = kept.rows.slice(0, HEAD_WITHIN).findIndex(({ cells }) => readColumns(cells) !== undefined);
    if (head < 0) plain.push(kept);
    else readCatalogue({ ...kept, rows: kept.rows.slice(head) }, { path, seen, content });
  }
  const filled = plain.filter(({ rows }) => rows.length > 0);
  if (filled.length > 0) content.resources.push(resourceOfTables(filled, path, title));
  if (content.resources.length === 0 && content.leftOut.length === 0) {
    throw new AppError('unreadable-resource', 'the table is empty');
  }
  return content;
}

/** What the rows before had, with the numbers of those rows. */
interface Seen {
  ids: Map<string, number>;
  /** By the hash of all cells. */
  rows: Map<string, number>;
  /** How many rows would have the same id. */
  counts: Map<string, number>;
}

interface Reading {
  path: string;
  seen: Seen;
  content: FileContent;
}

function readCatalogue(table: Table, { path, seen, content }: Reading): void {
  const [head, ...rows] = table.rows;
  const columns = readColumns(head!.cells)!;
  for (const row of rows) {
    try {
      const fields = fieldsOfCatalogueRow(columns, row);
      const id =
        fields.id === undefined ? derivedId(fields, path, { row, seen }) : ownId(`${fields.id}`, seen);
      content.resources.push(parseFields({ text: '', ...fields, id }));
      seen.ids.set(id, row.number);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      content.leftOut.push({ place: placeOf(table, row), reason: error.message });
    }
  }
}

function fieldsOfCatalogueRow(columns: Column[], row: Row): Record<string, unknown> {
  const surplus = row.cells.slice(columns.length).some(cell => cell.trim() !== '');
  if (surplus) throw unreadable(`more cells than the head has (${columns.length})`);
  const fields = fieldsOfRow(columns, row.cells);
  if (fields.title === undefined) throw unreadable('no title');
  return fields;
}

function ownId(id: string, { ids }: Seen): string {
  if (ids.has(id)) throw unreadable(`the same id as row ${ids.get(id)}`);
  return id;
}

/**
 * An id of a row that names none, from its address or title: readable where it is short enough. Two lessons of one name
 * are two resources, a row that is there twice is one.
 */
function derivedId(
  { url, title }: Record<string, unknown>,
  path: string,
  { row, seen }: { row: Row; seen: Seen },
): string {
  const key = `${url ?? title}`;
  const whole = `${path}#${key}`;
  const id = whole.length <= 480 ? whole : `${path.slice(0, 400)}#${digest(key)}`;
  const content = digest(JSON.stringify(row.cells));
  if (seen.rows.has(content)) throw unreadable(`the same as row ${seen.rows.get(content)}`);
  seen.rows.set(content, row.number);
  const count = (seen.counts.get(id) ?? 0) + 1;
  seen.counts.set(id, count);
  return ownId(count === 1 ? id : `${id}~${count}`, seen);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function unreadable(reason: string): AppError {
  return new AppError('unreadable-resource', reason);
}

function resourceOfTables(tables: Table[], path: string, title: string) {
  const sections = tables.flatMap(({ name, rows }) => {
    const [head, ...rest] = rows.map(({ cells }) => cells);
    const heading = name === undefined || tables.length === 1 ? [] : [name];
    const parts = Array.from({ length: Math.max(1, Math.ceil(rest.length / ROWS_PER_HEAD)) }, (_, i) =>
      markdownTable([head!, ...rest.slice(i * ROWS_PER_HEAD, (i + 1) * ROWS_PER_HEAD)]),
    );
    return [{ heading, text: parts.join('\n\n') }];
  });
  const text = sections.map(section => section.text).join('\n\n');
  return { input: checkFields({ id: path, title, text }), sections };
}

function placeOf({ name }: Table, { number }: Row): string {
  return name === undefined ? `row ${number}` : `sheet "${name}", row ${number}`;
}
