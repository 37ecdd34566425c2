import { joinTexts, type Line } from './lines.ts';

/** Lines that follow each other as one piece. */
export interface Paragraph {
  text: string;
  size: number;
  bold: boolean;
  lines: number;
  y: number;
}

const LIST_MARK =
  /^(?:[•·●○■□▪◆◇➢✓]|[-–*] |\(?\d{1,2}[.)、．)]\s?|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]|\(?[A-Ha-h][.)、．] ?)/u;
const ENDS_SENTENCE = /[。！？!?.：:;；…][”’"'」』）)]*$/u;

/** More than this times the usual distance of lines is a gap between paragraphs. */
const WIDE_GAP = 1.3;

/** Puts the lines of a page together: by their distance, indentation, letter size, and list marks. */
export function paragraphsOf(lines: Line[]): Paragraph[] {
  const usual = usualGap(lines);
  const textSize = lines.map(line => line.size).sort((a, b) => a - b)[lines.length >> 1] ?? 0;
  const paragraphs: Line[][] = [];
  for (const [i, line] of lines.entries()) {
    const open = paragraphs.at(-1);
    const column = columnAround(lines, i);
    if (open && continues(open, line, { ...column, usual, textSize })) open.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs.map(join);
}

/** What is usual around a line. */
interface Surroundings {
  x: number;
  right: number;
  usual: number;
  textSize: number;
}

function continues(open: Line[], line: Line, column: Surroundings): boolean {
  const before = open.at(-1)!;
  const size = Math.max(line.size, before.size);
  const gap = line.y - before.y;
  if (Math.abs(line.size - before.size) > 0.12 * size || line.bold !== before.bold) return false;
  // The next column begins further up: only a paragraph that is not at its end goes on there.
  if (gap < 0) return line.x > before.right && !ENDS_SENTENCE.test(before.text) && !LIST_MARK.test(line.text);
  if (gap > Math.max(column.usual * WIDE_GAP, size * 1.1) || gap > size * 3) return false;
  if (line.cells > 1 || before.cells > 1) return false;
  if (LIST_MARK.test(line.text)) return false;
  // The lines of a heading are broken for their looks.
  if (line.size > column.textSize * 1.14) return !ENDS_SENTENCE.test(before.text);
  const isShort = before.right < column.right - 1.8 * size;
  const isHalf = before.right < column.x + (column.right - column.x) * 0.6;
  if (isShort && (isHalf || ENDS_SENTENCE.test(before.text))) return false;
  const indented = line.x > column.x + 0.8 * size && line.x > before.x + 0.5 * size;
  return !indented;
}

/** The left and right edge of the lines around one, those of its column. */
function columnAround(lines: Line[], i: number): { x: number; right: number } {
  const line = lines[i]!;
  const near = lines
    .slice(Math.max(0, i - 12), i + 13)
    .filter(
      other => other.x < line.right && other.right > line.x && Math.abs(other.x - line.x) < 8 * line.size,
    );
  return { x: Math.min(...near.map(other => other.x)), right: Math.max(...near.map(other => other.right)) };
}

function usualGap(lines: Line[]): number {
  const gaps = lines
    .slice(1)
    .map((line, i) => line.y - lines[i]!.y)
    .filter((gap, i) => gap > 0 && gap < lines[i]!.size * 3)
    .sort((a, b) => a - b);
  // The lower third: on a page of short paragraphs most gaps may be those between them.
  const usual = gaps[Math.floor(gaps.length / 3)] ?? 0;
  // Two or three distances say nothing about what is usual.
  return gaps.length < 4 ? Math.min(usual, lines[0]!.size * 1.6) : usual;
}

function join(lines: Line[]): Paragraph {
  return {
    text: lines
      .slice(1)
      .reduce((text, line) => joinTexts(text, line.text), lines[0]!.text)
      .replaceAll('\u00AD', ''),
    size: lines[0]!.size,
    bold: lines[0]!.bold,
    lines: lines.length,
    y: lines[0]!.y,
  };
}
