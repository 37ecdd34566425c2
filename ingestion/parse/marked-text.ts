import type { Section } from '../../library/resources.ts';
import { createOutline } from './outline.ts';

/** Indented ones belong to a list item, not to the page. */
const HEADING = /^(#{1,6})[ \t]+(\S.*)$/;
const UNDERLINE = /^(={2,}|-{2,})[ \t]*$/;
const FENCE = /^[ \t]*(`{3,}|~{3,})/;

/** What is longer is text that happens to begin with a mark. */
const LONGEST_HEADING = 500;

/**
 * Sections of marked-up text, read line by line: a Markdown parser takes half a second for a long page, which nobody
 * can wait for. Lines that start with `#` outside code fences and formulas are headings and become heading paths, all
 * else stays as it stands. A line that ends in `|` is a table cell ("# of alleles |"), never a heading. In a Markdown
 * file, unlike in a manifest's text, a line underlined with `===` or `---` is a heading too, and comments are left out.
 */
export function sectionsOfMarkedText(text: string, title = '', { isFile = false } = {}): Section[] {
  const outline = createOutline(title, '\n');
  for (const line of eachLine(text, isFile)) {
    if (line.level === undefined) outline.add(line.text);
    else outline.open(line.level, plainHeading(line.text));
  }
  return outline.close();
}

/** The first heading of a Markdown file; undefined when it has none. */
export function firstHeading(text: string): string | undefined {
  for (const { level, text: heading } of eachLine(text, true)) {
    if (level !== undefined) return plainHeading(heading);
  }
  return undefined;
}

interface MarkedLine {
  text: string;
  /** 1 to 6 for a heading, whose `text` is then without its marks. */
  level?: number;
}

function* eachLine(text: string, isFile: boolean): Generator<MarkedLine> {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let block: Block | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const opened = block ? undefined : openBlock(line, isFile);
    block ??= opened;
    const heading = block
      ? undefined
      : (markedHeading(line) ?? (isFile ? underlinedHeading(lines, i) : undefined));
    if (heading) {
      yield heading;
      if (heading.text === line) i++;
    } else if (!block?.isComment) yield { text: line };
    if (block?.ends(line, block === opened)) block = undefined;
  }
}

/** A stretch in which nothing is a heading. */
interface Block {
  isComment?: boolean;
  ends(line: string, isFirst: boolean): boolean;
}

function openBlock(line: string, isFile: boolean): Block | undefined {
  const ticks = FENCE.exec(line)?.[1];
  if (ticks)
    return {
      ends: (end, isFirst) => !isFirst && FENCE.exec(end)?.[1]?.startsWith(ticks) === true && isBare(end),
    };
  if (line.trim() === '$$') return { ends: (end, isFirst) => !isFirst && end.trimEnd().endsWith('$$') };
  if (isFile && line.startsWith('<!--')) return { isComment: true, ends: end => end.includes('-->') };
  return undefined;
}

function isBare(fence: string): boolean {
  return /^[ \t]*[`~]+[ \t]*$/.test(fence);
}

function markedHeading(line: string): MarkedLine | undefined {
  if (line.length > LONGEST_HEADING || line.trimEnd().endsWith('|')) return undefined;
  const heading = HEADING.exec(line);
  return heading ? { level: heading[1]!.length, text: heading[2]! } : undefined;
}

/** A paragraph of one line, underlined; after more lines than one `---` is rather a rule. */
function underlinedHeading(lines: string[], i: number): MarkedLine | undefined {
  const underline = UNDERLINE.exec(lines[i + 1] ?? '')?.[1];
  const isAlone = i === 0 || lines[i - 1]!.trim() === '' || HEADING.test(lines[i - 1]!);
  if (!underline || !isAlone || lines[i]!.length > LONGEST_HEADING || !/^[^\s>|*+-]/.test(lines[i]!))
    return undefined;
  return { level: underline.startsWith('=') ? 1 : 2, text: lines[i]! };
}

/** A heading's words: without closing hashes, anchors (`{#id}`), bold marks, and links as their text. */
function plainHeading(heading: string): string {
  const plain = heading
    .replace(/\{[#/][^}]*\}\s*$/, '')
    .replace(/\s+#+\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__/g, '')
    .trim();
  return plain === '' ? heading.trim() : plain;
}
