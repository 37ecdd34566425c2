import { to } from 'opencc-js/preset/t2cn';

/** What a UTF-16 code unit is to the analyser. */
export const OTHER = 0;
/** Part of a word written with spaces around it: Latin, Greek, Cyrillic letters and digits. */
export const WORD = 1;
/** Written without spaces (Han, kana, Thai, Hangul): indexed by single characters and bigrams. */
export const HAN = 2;
/** A combining mark: neither ends a word nor belongs to it. */
export const MARK = 3;

const HAN_LIKE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const tables = buildTables();

/** Class of every UTF-16 code unit (`OTHER`, `WORD`, `HAN`, `MARK`). */
export const unitClass: Uint8Array = tables.classes;

/**
 * Brings text to the form in which it is compared: NFKC, lower case, no accents, simplified characters. One code unit
 * stays one code unit after NFKC, so positions in the result are positions in `text.normalize('NFKC')`.
 * For indexing and comparing only, never for display: one simplified character can stand for several traditional ones.
 */
export function fold(text: string): string {
  const normal = text.normalize('NFKC');
  let out = '';
  // In pieces: String.fromCharCode takes its characters as arguments, and a call has room for some 100,000.
  for (let from = 0; from < normal.length; from += PIECE) {
    const length = Math.min(PIECE, normal.length - from);
    for (let i = 0; i < length; i++) buffer[i] = tables.folded[normal.charCodeAt(from + i)]!;
    out += String.fromCharCode.apply(null, buffer.subarray(0, length) as unknown as number[]);
  }
  return out;
}

const PIECE = 4096;
const buffer = new Uint16Array(PIECE);

function buildTables(): { classes: Uint8Array; folded: Uint16Array } {
  const classes = new Uint8Array(65_536);
  const folded = new Uint16Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) {
    const character = String.fromCharCode(unit);
    classes[unit] = classOf(unit, character);
    folded[unit] = classes[unit] === WORD ? character.toLowerCase().normalize('NFD').charCodeAt(0) : unit;
  }
  for (const [from, simplified] of simplifications()) folded[from] = simplified;
  return { classes, folded };
}

function classOf(unit: number, character: string): number {
  // Planes 2 and 3 hold the rare Han characters; the second half of a pair has the class of the first.
  if (unit >= 0xd800 && unit <= 0xdfff) return unit >= 0xd840 && unit <= 0xd8bf ? HAN : OTHER;
  if (HAN_LIKE.test(character)) return HAN;
  if (/\p{M}/u.test(character)) return MARK;
  return /[\p{L}\p{N}]/u.test(character) ? WORD : OTHER;
}

/** Code units of traditional characters and of the simplified ones that stand for them (OpenCC's table). */
function* simplifications(): Generator<[number, number]> {
  for (const dictionary of to.cn!.flat()) {
    if (typeof dictionary !== 'string') continue;
    for (const entry of dictionary.split('|')) {
      const [from, simplified] = entry.split(' ');
      // Longer entries are whole phrases; they differ from their characters' in shades that a search can do without.
      if (from?.length === 1 && simplified?.length === 1) {
        yield [from.charCodeAt(0), simplified.charCodeAt(0)];
      }
    }
  }
}
