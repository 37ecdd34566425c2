import { AppError } from '../../library/errors.ts';
import type { Section } from '../../library/resources.ts';
import { sizeOf } from '../../retrieval/breaks.ts';
import { decodeFile } from '../decode-text.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import { checkFields } from './parsed-resource.ts';
import { titleOfPath } from './plain-text.ts';
import { type Cue, readCues, withoutRepeats } from './subtitle-cues.ts';

/** Sections are passages already, because only one place can be cited for each: cut at a good end from here on, … */
const GOOD_SIZE = 0.7;
/** … and here wherever a cue ends. */
const LARGEST_SIZE = 1.15;
/** What is left at the end below this joins the section before. */
const SMALLEST_SIZE = 0.2;
/** Silence that separates thoughts. */
const PAUSE_MS = 2_000;

const ENDS_SENTENCE = /[。！？!?.…][”’"'」』）)]*$/u;
const ENDS_CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]$/u;
const BEGINS_CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/**
 * Reads subtitles (.srt, .vtt): cues joined to passages that say from when to when they are spoken.
 * @throws AppError `unreadable-resource` when there is no cue with text.
 */
export async function parseSubtitles(bytes: Buffer, path: string): Promise<FileContent> {
  const { cues, faults } = readCues(cleanText(decodeFile(bytes)));
  const sections = sectionsOf(withoutRepeats(cues));
  if (sections.length === 0) {
    const fault = faults[0] ? `; line ${faults[0].line}: ${faults[0].reason}` : '';
    throw new AppError('unreadable-resource', `no subtitle with a time and text${fault}`);
  }
  const text = sections.map(section => section.text).join('\n\n');
  const input = checkFields({ id: path, title: titleOfPath(path), type: 'video', text });
  const leftOut = faults.map(({ line, reason }) => ({ place: `${path}:${line}`, reason }));
  return { resources: [{ input, sections }], leftOut };
}

function sectionsOf(cues: Cue[]): Section[] {
  const groups: Cue[][] = [];
  let size = 0;
  for (const cue of cues) {
    const group = groups.at(-1);
    const added = sizeOf(cue.text, 0, cue.text.length);
    if (group && !isEnd(group.at(-1)!, cue, size, added)) group.push(cue);
    else {
      groups.push([cue]);
      size = 0;
    }
    size += added;
  }
  if (groups.length > 1 && size < SMALLEST_SIZE) groups.at(-2)!.push(...groups.pop()!);
  return groups.map(sectionOf);
}

function isEnd(before: Cue, cue: Cue, size: number, added: number): boolean {
  if (size + added > LARGEST_SIZE) return true;
  const isGood = ENDS_SENTENCE.test(before.text) || cue.startMs - before.endMs >= PAUSE_MS;
  return isGood && size >= GOOD_SIZE;
}

function sectionOf(cues: Cue[]): Section {
  let text = '';
  for (const [i, cue] of cues.entries()) {
    const before = cues[i - 1];
    text = before ? text + between(before, cue, text) + cue.text : cue.text;
  }
  const endMs = Math.max(...cues.map(cue => cue.endMs));
  return { heading: [], text, locator: { kind: 'time', startMs: cues[0]!.startMs, endMs } };
}

/** A new speaker or a pause begins a new line. */
function between(before: Cue, cue: Cue, text: string): string {
  if (cue.speaks || cue.startMs - before.endMs >= PAUSE_MS) return '\n';
  return ENDS_CJK.test(text) && BEGINS_CJK.test(cue.text) ? '' : ' ';
}
