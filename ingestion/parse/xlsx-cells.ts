import { childElements, descend, type XmlElement, xmlText } from './xml.ts';

/** What the other parts of a workbook say about its cells. */
export interface CellFormats {
  sharedStrings: string[];
  /** How numbers are shown, by the style of the cell. */
  kinds: NumberKind[];
  /** Macs counted days from 1904. */
  from1904: boolean;
}

type NumberKind = 'number' | 'percent' | 'date' | 'time' | 'elapsed';

/** Built-in formats of dates and times; the Chinese editions have more of them. */
const BUILT_IN: Record<number, NumberKind> = { 9: 'percent', 10: 'percent', 46: 'elapsed' };
for (const id of [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
  BUILT_IN[id] = 'date';
for (const id of [18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56]) BUILT_IN[id] = 'time';

/** The kinds of numbers by the index that cells give as their style. */
export function readKinds(styles: XmlElement | undefined): NumberKind[] {
  const own = new Map(
    childElements(descend(styles, 'x:numFmts'), 'x:numFmt').map(({ attributes }) => [
      Number(attributes.numFmtId),
      kindOfFormat(attributes.formatCode ?? ''),
    ]),
  );
  return childElements(descend(styles, 'x:cellXfs'), 'x:xf').map(({ attributes }) => {
    const id = Number(attributes.numFmtId ?? 0);
    return own.get(id) ?? BUILT_IN[id] ?? 'number';
  });
}

function kindOfFormat(code: string): NumberKind {
  if (/\[[hms]+\]/i.test(code)) return 'elapsed';
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').split(';')[0]!;
  if (/[yd年日]/i.test(bare)) return 'date';
  if (/[hs时分秒]|上午|am\/pm/i.test(bare)) return 'time';
  if (/m/i.test(bare)) return 'date';
  return bare.includes('%') ? 'percent' : 'number';
}

/** The text of a shared or inline string, without the readings that stand above its characters. */
export function textOfString(element: XmlElement | undefined): string {
  return childElements(element)
    .map(child =>
      child.name === 'x:t' ? xmlText(child) : child.name === 'x:r' ? xmlText(descend(child, 'x:t')) : '',
    )
    .join('')
    .replace(/_x([0-9A-F]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** What a cell shows: of a formula the value that was last worked out, dates as ISO 8601, errors as nothing. */
export function textOfCell(cell: XmlElement, { sharedStrings, kinds, from1904 }: CellFormats): string {
  const value = xmlText(descend(cell, 'x:v'));
  switch (cell.attributes.t) {
    case 's':
      return sharedStrings[Number(value)] ?? '';
    case 'inlineStr':
      return textOfString(descend(cell, 'x:is'));
    case 'str':
      return value;
    case 'd':
      return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : '';
    case 'e':
      return '';
    default:
      return value === '' ? '' : textOfNumber(Number(value), kinds[Number(cell.attributes.s ?? 0)], from1904);
  }
}

function textOfNumber(value: number, kind: NumberKind = 'number', from1904 = false): string {
  if (!Number.isFinite(value)) return '';
  switch (kind) {
    case 'percent':
      return `${Number((value * 100).toPrecision(12))}%`;
    case 'elapsed':
      return clock(value, Math.floor);
    case 'time':
      return clock(value, hours => Math.floor(hours) % 24);
    case 'date':
      return isoTime(value + (from1904 ? 1462 : 0));
    default:
      return `${Number(value.toPrecision(15))}`;
  }
}

function clock(days: number, hoursOf: (hours: number) => number): string {
  const seconds = Math.round(days * 86_400);
  const two = (count: number) => `${count}`.padStart(2, '0');
  return `${hoursOf(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Day 60 is 29 February 1900, which never was: earlier days are one off, and nobody has them. */
function isoTime(days: number): string {
  const time = new Date(Math.round(days * 86_400) * 1000 + Date.UTC(1899, 11, 30));
  if (days < 0 || Number.isNaN(time.getTime())) return '';
  return time
    .toISOString()
    .replace('T00:00:00.000Z', '')
    .replace('T', ' ')
    .replace(/(?::00)?\.000Z$/, '');
}
