import { childElements, descend, type XmlElement } from './xml.ts';

interface Level {
  format: string;
  /** "%1.%2" for the numbers of the first and second level. */
  template: string;
  start: number;
}

/** Counts the numbered paragraphs of a document, whose numbers stand nowhere in it. */
export interface Numbering {
  /** The mark of the next paragraph of a list: "- ", "1. ", "第三章 "; undefined when it is of none. */
  next(properties: XmlElement | undefined): { mark: string; depth: number } | undefined;
}

/** @param root the part `numbering` of the document, if it has one */
export function readNumbering(root: XmlElement | undefined): Numbering {
  const abstracts = new Map(
    childElements(root, 'w:abstractNum').map(list => [list.attributes['w:abstractNumId'], readLevels(list)]),
  );
  const lists = new Map(
    childElements(root, 'w:num').map(list => {
      const abstractId = descend(list, 'w:abstractNumId')?.attributes['w:val'];
      const overrides = childElements(list, 'w:lvlOverride').length > 0;
      const id = list.attributes['w:numId'];
      // Lists of one definition go on counting where the other stopped, unless they say that they start anew.
      return [
        id,
        { levels: abstracts.get(abstractId) ?? [], counterOf: overrides ? `own ${id}` : abstractId },
      ];
    }),
  );
  const counters = new Map<string | undefined, number[]>();
  return {
    next(properties) {
      const list = lists.get(descend(properties, 'w:numId')?.attributes['w:val']);
      if (!list) return undefined;
      const depth = Number(descend(properties, 'w:ilvl')?.attributes['w:val'] ?? 0) || 0;
      const level = list.levels[depth];
      if (!level || level.format === 'bullet') return { mark: '- ', depth };
      if (level.format === 'none') return undefined;
      const counts = counters.get(list.counterOf) ?? [];
      counts[depth] = (counts[depth] ?? level.start - 1) + 1;
      counts.length = depth + 1;
      counters.set(list.counterOf, counts);
      return { mark: `${markOf(list.levels, level, counts)} `, depth };
    },
  };
}

function readLevels(list: XmlElement): Level[] {
  return childElements(list, 'w:lvl')
    .slice(0, 9)
    .map(level => ({
      format: descend(level, 'w:numFmt')?.attributes['w:val'] ?? 'decimal',
      template: descend(level, 'w:lvlText')?.attributes['w:val'] ?? '',
      start: Number(descend(level, 'w:start')?.attributes['w:val'] ?? 1) || 0,
    }));
}

function markOf(levels: Level[], own: Level, counts: number[]): string {
  return own.template.replace(/%([1-9])/g, (_all, digit: string) => {
    const level = levels[Number(digit) - 1];
    const count = counts[Number(digit) - 1] ?? level?.start ?? 1;
    return numeral(count, level?.format ?? 'decimal');
  });
}

function numeral(count: number, format: string): string {
  const letter = () => String.fromCharCode(97 + ((count - 1) % 26));
  if (count < 1 || count > 3000) return `${count}`;
  if (format.startsWith('chinese') || format.startsWith('japaneseCounting')) return chineseNumeral(count);
  switch (format) {
    case 'lowerLetter':
      return letter();
    case 'upperLetter':
      return letter().toUpperCase();
    case 'lowerRoman':
      return roman(count).toLowerCase();
    case 'upperRoman':
      return roman(count);
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return count <= 20 ? String.fromCharCode(0x245f + count) : `${count}`;
    default:
      return `${count}`;
  }
}

function chineseNumeral(count: number): string {
  const digits = '零一二三四五六七八九';
  const [hundreds, tens, ones] = [Math.floor(count / 100), Math.floor(count / 10) % 10, count % 10];
  if (hundreds > 9) return `${count}`;
  const hundred = hundreds > 0 ? `${digits[hundreds]}百` : '';
  const ten = tens > 1 || (tens === 1 && hundreds > 0) ? `${digits[tens]}十` : tens === 1 ? '十' : '';
  const gap = hundreds > 0 && tens === 0 && ones > 0 ? '零' : '';
  return hundred + ten + gap + (ones > 0 ? digits[ones] : '');
}

function roman(count: number): string {
  const values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
  const signs = 'M CM D CD C XC L XL X IX V IV I'.split(' ');
  let rest = count;
  return values
    .map((value, i) => {
      const times = Math.floor(rest / value);
      rest -= times * value;
      return signs[i]!.repeat(times);
    })
    .join('');
}
