import { isQualified } from './polarity.ts';

/** A stretch of a passage: `text === passage.slice(start, start + text.length)`. */
export interface Quote {
  text: string;
  start: number;
}

/** Emphasis and white space are how a text looks, not what it says. */
const LOOKS = /[\s*`\u200b\ufeff]/u;
/**
 * Before a statement: the start of the text or line (behind a list's marker) or the end of another clause. White space is
 * not enough: "water is safe" must not be cut out of "no tap water is safe".
 */
const STARTS_CLAUSE =
  /(?:^|\n|[，,；;：:。！？!?.．…|(（)）[\]【】—])[\s*`#>]*(?:[-+•]\s+|\d{1,2}[.)、．]\s*)?$/u;
const ENDS_CLAUSE = /^[\s*`]*(?:$|\n|[，,；;：:。！？!?、.．…|(（)）[\]【】—])/u;
const OPENING_QUOTE = /[“"「『‘]/u;
const CLOSING_QUOTE = /[”"」』’]/u;
const ENDS = /[。！？!?.．;；，,：:…]+$/u;
/** Fewer characters can stand anywhere by chance. */
const SHORTEST = 4;

/**
 * The stretch of `passage` that is `sentence` word for word (white space, emphasis, full-width forms and the closing mark
 * aside), from boundary to boundary; undefined when there is none. What the passage itself puts in quotation marks is
 * found only together with them: it is said, not asserted.
 */
export function locateQuote(sentence: string, passage: string): Quote | undefined {
  const needle = bare(sentence).text.replace(ENDS, '');
  if (needle.length < SHORTEST) return undefined;
  const hay = bare(passage);
  for (let at = hay.text.indexOf(needle); at >= 0; at = hay.text.indexOf(needle, at + 1)) {
    const start = hay.positions[at]!;
    const end = hay.positions[at + needle.length - 1]! + 1;
    // "5 g" is not said by "3.5 g".
    if (/\d[.,]?$/u.test(passage.slice(0, start)) && /^\d/u.test(needle)) continue;
    if (!STARTS_CLAUSE.test(passage.slice(0, start)) || !ENDS_CLAUSE.test(passage.slice(end))) continue;
    if (isQualified(passage.slice(0, start), passage.slice(end))) continue;
    const tail = /^[*`]*[。！？!?.．;；…]*[”"」』’)）]*/u.exec(passage.slice(end))?.[0] ?? '';
    const lead = /[*`]*$/u.exec(passage.slice(0, start))![0].length;
    return { text: passage.slice(start - lead, end + tail.length), start: start - lead };
  }
  return undefined;
}

/** Whether the passage has `sentence` only inside quotation marks: as something that somebody says. */
export function isOnlySaid(sentence: string, passage: string): boolean {
  const needle = bare(sentence).text.replace(ENDS, '');
  const hay = bare(passage).text;
  const found = [];
  for (let at = hay.indexOf(needle); at >= 0 && needle !== ''; at = hay.indexOf(needle, at + 1)) {
    const closing = hay.slice(at + needle.length).replace(/^[。！？!?.,，;；]+/u, '')[0] ?? '';
    found.push(OPENING_QUOTE.test(hay[at - 1] ?? '') && CLOSING_QUOTE.test(closing));
  }
  return found.length > 0 && found.every(Boolean);
}

/** The characters that say something, in full-width-free lower case, and where each stands in `text`. */
function bare(text: string): { text: string; positions: number[] } {
  let out = '';
  const positions: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (LOOKS.test(text[i]!)) continue;
    for (const character of text[i]!.normalize('NFKC').toLowerCase()) {
      out += character;
      for (let unit = 0; unit < character.length; unit++) positions.push(i);
    }
  }
  return { text: out, positions };
}
