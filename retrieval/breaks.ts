/** Where a text may be cut, best first: after a paragraph, a line, a sentence, a clause, a word, anywhere. */
export type BreakLevel = 0 | 1 | 2 | 3 | 4 | 5;

/** A place where a text may be cut: `at` is an offset, `size` the amount of text before it (1 = one full passage). */
export interface Break {
  at: number;
  level: BreakLevel;
  size: number;
}

/** One full passage: 350 characters of Chinese, Japanese or Korean, or 900 of any other script. */
const CJK_CHARACTERS = 350;
const OTHER_CHARACTERS = 900;

/** A formula, fence or table up to this size stays in one piece, even if its passage then gets long. */
export const LARGEST_WHOLE = 1.5;

/** Words before a full stop that end no sentence, by language; English ones hold wherever no other list is here. */
const ABBREVIATIONS: Record<string, Set<string>> = {
  en: wordSet(
    'mr mrs ms dr prof st jr sr vs etc eg ie cf al fig figs eq eqs sec ch vol no nos pp ed eds approx dept inc ltd co corp est min max jan feb mar apr jun jul aug sep sept oct nov dec resp viz ca',
  ),
  de: wordSet('bzw ca dr nr prof str usw vgl abb bd evtl ggf inkl sog'),
  fr: wordSet('m mm mme dr prof cf env ex fig p pp av art chap etc'),
  es: wordSet('sr sra dr dra prof etc pág fig núm cap ej aprox'),
  ru: wordSet('др пр см рис стр гл им проф напр руб тыс млн'),
};

function wordSet(words: string): Set<string> {
  return new Set(words.split(' '));
}

/**
 * What the scanner stops at, in this order: what must stay whole (fences, formulas, tables, code), then paragraph
 * ends, line ends, sentence ends and clause ends. Named groups say which one it was. A formula never spans a blank
 * line, as in TeX; `$` opens one only before, and closes one only after, a non-space ("$5 or $6" is money).
 * Every repetition that can fail is bounded, so that hostile text cannot make the scan quadratic.
 */
const STOPS = new RegExp(
  [
    /(?<fence>^[ \t]*(?<ticks>`{3,20}|~{3,20})[^\n]*\n(?:[\s\S]*?^[ \t]*\k<ticks>[`~]*[ \t]*$|[\s\S]*$(?![\s\S])))/u,
    /(?<table>(?:^[ \t]*\|[^\n]*(?:\n|$(?![\s\S]))){2,})/u,
    /(?<block>\$\$(?:[^\n$]|\n(?![ \t]*\n)|\$(?!\$)){1,2000}?\$\$|\\\[(?:[^\n\\]|\n(?![ \t]*\n)|\\(?!\[)){1,2000}?\\\]|\\\((?:[^\n\\]|\n(?![ \t]*\n)|\\(?!\()){1,2000}?\\\)|\\begin\{(?<env>[A-Za-z]{1,20}\*?)\}(?:[^\n\\]|\n(?![ \t]*\n)|\\(?!begin\{\k<env>\})){0,2000}?\\end\{\k<env>\})/u,
    /(?<escape>\\[$`])/u,
    /(?<inline>\$(?![\s$])(?:[^$\n]|\n(?![ \t]*\n)){0,1000}?(?<=[^\s\\])\$(?!\d)|`[^`\n]+`)/u,
    /(?<paragraph>\n(?:[ \t\r]*\n)+)/u,
    /(?<line>\n)/u,
    /(?<sentence>[。！？｡]+[”’」』）】》"')\]]*\s*|…{2,6}[”’」』]*(?=\p{L})|．(?![\d０-９])[”’」』）]*|[!?]{1,9}["'”’)\]]{0,4}(?:\s+|(?=\p{Script=Han}))|；\s*)/u,
    /(?<stop>\.{1,6}["'”’)\]]{0,4}(?:[ \t]+(?=[^\p{Ll}\s])|(?=[\p{Script=Han}【])))/u,
    /(?<clause>[，、：]|[,;:][ \t]+)/u,
  ]
    .map(part => part.source)
    .join('|'),
  'gmu',
);

const STOP_KINDS = ['fence', 'table', 'paragraph', 'line', 'sentence', 'stop', 'clause'] as const;
type StopKind = (typeof STOP_KINDS)[number] | 'formula';

/**
 * Every good place to cut `text`, in order, the last one at its end. Places inside a formula, fence or table are
 * left out unless it alone is larger than `LARGEST_WHOLE`; runs without any punctuation get word and character cuts.
 */
export function findBreaks(text: string, language: string): Break[] {
  const abbreviations = ABBREVIATIONS[language.slice(0, 2).toLowerCase()] ?? ABBREVIATIONS.en!;
  const breaks: Break[] = [];
  let at = 0;
  let size = 0;
  const add = (end: number, level: BreakLevel | undefined, whole = false) => {
    if (end <= at || level === undefined) return;
    const grown = size + sizeOf(text, at, end);
    if (!whole && grown - size > 0.5) cutRun(text, { at, level, size }, end, breaks);
    breaks.push({ at: end, level, size: grown });
    at = end;
    size = grown;
  };
  const addWhole = (start: number, end: number, edge: BreakLevel, inner: BreakLevel) => {
    add(start, 4);
    if (sizeOf(text, start, end) <= LARGEST_WHOLE) return add(end, edge, true);
    for (let line = text.indexOf('\n', start); line >= 0 && line < end - 1; ) {
      add(line + 1, text[line + 1] === '\n' ? 0 : inner);
      line = text.indexOf('\n', line + 1);
    }
    add(end, edge);
  };
  for (const match of text.matchAll(STOPS)) {
    const end = match.index + match[0].length;
    const kind = kindOf(match);
    if (kind === 'fence' || kind === 'table') addWhole(match.index, end, 1, 1);
    else if (kind === 'formula') addWhole(match.index, end, 4, 3);
    else if (kind !== undefined) add(end, levelOf(kind, text, match.index, abbreviations));
  }
  add(text.length, 0);
  return breaks;
}

/** Which alternative of `STOPS` matched; undefined for an escaped mark, which is text. */
function kindOf({ groups }: RegExpMatchArray): StopKind | undefined {
  if (groups!.block !== undefined || groups!.inline !== undefined) return 'formula';
  return STOP_KINDS.find(kind => groups![kind] !== undefined);
}

function levelOf(
  kind: StopKind,
  text: string,
  at: number,
  abbreviations: Set<string>,
): BreakLevel | undefined {
  if (kind === 'paragraph') return announces(text, at) ? 3 : 0;
  if (kind === 'line') return announces(text, at) ? 3 : 1;
  if (kind === 'stop') return endsSentence(text, at, abbreviations) ? 2 : undefined;
  return kind === 'sentence' ? 2 : 3;
}

/** False for the stop of an abbreviation, an initial ("J. Smith", "A. yes") or a number that opens a line ("1. "). */
function endsSentence(text: string, stop: number, abbreviations: Set<string>): boolean {
  const before = /(?:^|[\s("'“（])([^\s("'“（]{1,12})$/u.exec(text.slice(Math.max(0, stop - 14), stop))?.[1];
  if (before === undefined) return true;
  if (/^[\p{L}]$/u.test(before) || /^(?:\p{L}\.)+\p{L}$/u.test(before)) return false;
  if (abbreviations.has(before.toLowerCase())) return false;
  if (!/^\d{1,3}$/.test(before)) return true;
  const line = text.slice(text.lastIndexOf('\n', stop) + 1, stop);
  return line.trim() !== before;
}

/** True after a colon: the line belongs to the list, formula or code that it announces. */
function announces(text: string, end: number): boolean {
  return /[:：]\**[ \t]*$/.test(text.slice(Math.max(0, end - 6), end));
}

/** Cuts a run without punctuation: at spaces every twentieth of a passage, else between whole characters. */
function cutRun(text: string, from: Break, end: number, breaks: Break[]): void {
  let { at, size } = from;
  for (let next = at; next < end; next++) {
    if (next - at < 20) continue;
    const space = /\s/.test(text[next]!);
    if (!space && next - at < 45) continue;
    if (!space && !isBoundary(text, next)) continue;
    size += sizeOf(text, at, next);
    at = next;
    breaks.push({ at, level: space ? 4 : 5, size });
  }
}

/** True where no surrogate pair, combining mark or joined emoji is torn apart. */
function isBoundary(text: string, at: number): boolean {
  const isLowSurrogate = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return !isLowSurrogate && text[at - 1] !== '\u200D' && !/^(?:\u200D|\p{M})/u.test(text.slice(at, at + 2));
}

/** The amount of text between two offsets, in passages; white space counts nothing. */
export function sizeOf(text: string, start: number, end: number): number {
  let cjk = 0;
  let other = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) continue;
    // Kana, Han, Hangul and full-width forms; a surrogate pair of a rare Han character counts as two others.
    if (code >= 0x2e80 && (code < 0xd800 || (code >= 0xf900 && code <= 0xfaff) || code >= 0xff00)) cjk++;
    else other++;
  }
  return cjk / CJK_CHARACTERS + other / OTHER_CHARACTERS;
}
