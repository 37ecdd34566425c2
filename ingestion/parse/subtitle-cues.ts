/** One subtitle. */
export interface Cue {
  startMs: number;
  endMs: number;
  text: string;
  /** It begins with the name of a speaker or a dash. */
  speaks: boolean;
}

/** A place in the file that could not be read. */
export interface CueFault {
  line: number;
  reason: string;
}

const TIMES = /^\s*(\S+)\s*-->\s*(\S+)/;
const TIME = /^(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})$/;

/** Reads the cues of SubRip and WebVTT, both of which are blocks of lines; notes and styles have no times. */
export function readCues(source: string): { cues: Cue[]; faults: CueFault[] } {
  const cues: Cue[] = [];
  const faults: CueFault[] = [];
  const lines = source.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (isNote(lines, i)) i = endOfBlock(lines, i);
    if (!lines[i]!.includes('-->')) continue;
    const line = i + 1;
    i = endOfBlock(lines, i);
    const body = lines.slice(line, i + 1);
    // Without a blank line between them, the number of the next cue has got into the text of this one.
    if (lines[i + 1]?.includes('-->') && /^\s*\d+\s*$/.test(body.at(-1) ?? '')) body.pop();
    const times = timesOf(lines[line - 1]!);
    const text = textOf(body);
    if ('fault' in times) faults.push({ line, reason: times.fault });
    else if (text !== '')
      cues.push({ ...times, text, speaks: /^(?:[-–] ?|[^\s:：]{1,20}[:：])/u.test(text) });
  }
  return { cues: cues.toSorted((a, b) => a.startMs - b.startMs), faults };
}

function isNote(lines: string[], i: number): boolean {
  return /^(?:NOTE|STYLE|REGION)\b/.test(lines[i]!) && (i === 0 || lines[i - 1]!.trim() === '');
}

/** The last line before a blank one or the times of the next cue. */
function endOfBlock(lines: string[], start: number): number {
  let i = start;
  while (i + 1 < lines.length && lines[i + 1]!.trim() !== '' && !lines[i + 1]!.includes('-->')) i++;
  return i;
}

/**
 * Automatic captions show each line twice, first as the new one below and then as the old one above; what a cue
 * repeats from the one before is left out.
 */
export function withoutRepeats(cues: Cue[]): Cue[] {
  const kept: Cue[] = [];
  let shown: string[] = [];
  let shownUntil = 0;
  for (const cue of cues) {
    const lines = cue.text.split('\n');
    const isNear = cue.startMs - shownUntil < 500;
    const fresh = isNear ? lines.slice(overlapOf(shown, lines)) : lines;
    shown = lines;
    shownUntil = cue.endMs;
    const grown = isNear && fresh.length === 1 ? grownFrom(kept.at(-1), fresh[0]!) : undefined;
    if (grown !== undefined) Object.assign(kept.at(-1)!, { text: grown, endMs: cue.endMs });
    else if (fresh.length > 0) kept.push({ ...cue, text: fresh.join('\n') });
    else if (kept.length > 0) kept.at(-1)!.endMs = Math.max(kept.at(-1)!.endMs, cue.endMs);
  }
  return kept.map(cue => ({ ...cue, text: joinLines(cue.text) }));
}

/** How many of the first lines are the last ones of what was shown. */
function overlapOf(shown: string[], lines: string[]): number {
  for (let count = Math.min(shown.length, lines.length); count > 0; count--) {
    if (lines.slice(0, count).every((line, i) => line === shown[shown.length - count + i])) return count;
  }
  return 0;
}

/** A line that grows word by word. */
function grownFrom(before: Cue | undefined, line: string): string | undefined {
  if (before === undefined || before.text.length < 2) return undefined;
  return line.length > before.text.length && line.startsWith(before.text) ? line : undefined;
}

function joinLines(text: string): string {
  return text
    .replace(/\n(?=[-–] ?\S|[^\s:：]{1,20}[:：])/gu, '\u0000')
    .replace(
      /(?<=[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF])\n(?=[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF])/gu,
      '',
    )
    .replaceAll('\n', ' ')
    .replaceAll('\u0000', '\n');
}

function timesOf(line: string): { startMs: number; endMs: number } | { fault: string } {
  const [, from, to] = TIMES.exec(line) ?? [];
  const [startMs, endMs] = [millisecondsOf(from), millisecondsOf(to)];
  const quoted = line.trim().slice(0, 60);
  if (startMs === undefined || endMs === undefined) return { fault: `"${quoted}" has no valid times` };
  if (endMs < startMs) return { fault: `"${quoted}" ends before it begins` };
  return { startMs, endMs };
}

function millisecondsOf(time: string | undefined): number | undefined {
  const parts = TIME.exec(time ?? '');
  if (!parts) return undefined;
  const [hours, minutes, seconds] = [parts[1] ?? 0, parts[2], parts[3]].map(Number) as [
    number,
    number,
    number,
  ];
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number(parts[4]!.padEnd(3, '0'));
}

function textOf(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,100})>/g, '$1: ')
    .replace(/<\/?[A-Za-z0-9][^>\n]{0,200}>/g, '')
    .replace(/\{\\[^}\n]{0,200}\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm|quot|#39);/g, (_, name: string) => ENTITIES[name]!)
    .split('\n')
    .map(line => line.replace(/[ \t\u00A0]+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n');
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
  quot: '"',
  '#39': "'",
};
