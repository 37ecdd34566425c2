import { CsvError, parse } from 'csv-parse/sync';
import { decodeFile } from '../decode-text.ts';
import { contentOfTables, MOST_ROWS, type Row } from './catalogue.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import { titleOfPath } from './plain-text.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;

/** Lines that are looked at to find the delimiter. */
const SAMPLE_LINES = 20;

const LONGEST_ROW = 2_000_000;

/** With more broken quotes than that, the file is of some other kind. */
const MOST_REPAIRS = 50;

/**
 * Reads a CSV or TSV file: rows of a catalogue become resources, any other table one resource.
 * @throws AppError `unreadable-resource`
 */
export async function parseCsv(bytes: Buffer, path: string): Promise<FileContent> {
  const text = cleanText(decodeFile(bytes));
  const declared = /^sep=(.)\n/.exec(text)?.[1];
  const body = declared === undefined ? text : text.replace(/^.*/, '');
  const { rows, leftOut } = readRows(body, declared ?? findDelimiter(body));
  return contentOfTables([{ rows }], { path, title: titleOfPath(path), leftOut });
}

/** The delimiter that cuts most lines into the same number of cells, more than one. */
function findDelimiter(text: string): string {
  const lines = text
    .split('\n', SAMPLE_LINES * 2)
    .filter(line => line.trim() !== '')
    .slice(0, SAMPLE_LINES);
  const bare = lines.map(line => line.replace(/"[^"]*"/g, ''));
  const scores = DELIMITERS.map(delimiter => {
    const counts = bare.map(line => line.split(delimiter).length - 1);
    const usual = counts[0] ?? 0;
    return usual === 0 ? 0 : counts.filter(count => count === usual).length + usual / 1000;
  });
  return DELIMITERS[scores.indexOf(Math.max(...scores))]!;
}

/** A quote that is not closed swallows all that follows: its line is left out, and reading goes on behind it. */
function readRows(text: string, delimiter: string): { rows: Row[]; leftOut: FileContent['leftOut'] } {
  const rows: Row[] = [];
  const leftOut: FileContent['leftOut'] = [];
  const lines = text.split('\n');
  let first = 0;
  while (first < lines.length) {
    const { fault, next } = readFrom(lines, first, { delimiter, rows });
    if (fault === undefined) break;
    leftOut.push({
      place: `row ${next + 1}`,
      reason: fault,
    });
    if (leftOut.length > MOST_REPAIRS) {
      leftOut.push({
        place: `row ${next + 2} and all that follow`,
        reason: 'too many broken quotation marks',
      });
      break;
    }
    first = next + 1;
  }
  return { rows, leftOut };
}

/** Adds the rows from a line on; `next` is the line after the last whole row, counted from 0. */
function readFrom(
  lines: string[],
  first: number,
  { delimiter, rows }: { delimiter: string; rows: Row[] },
): { fault?: string; next: number } {
  let next = first;
  try {
    parse(lines.slice(first).join('\n'), {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: LONGEST_ROW,
      on_record: (cells: string[], { lines: line }: { lines: number }) => {
        // One more than a table may have shows that there are too many.
        const isWanted = rows.length <= MOST_ROWS && cells.some(cell => cell.trim() !== '');
        if (isWanted) rows.push({ number: next + 1, cells });
        next = first + line;
        return null;
      },
    });
    return { next };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isTooLong = error.code === 'CSV_MAX_RECORD_SIZE' && !lines[next]?.includes('"');
    const quote = 'a quotation mark that is not closed, or one too many';
    return { fault: isTooLong ? `longer than ${LONGEST_ROW} characters` : quote, next };
  }
}
