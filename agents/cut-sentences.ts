import type { TextTools } from '../models/text-tools.ts';

/** A sentence of a model's answer, its `[n]` taken out. */
export interface DraftSentence {
  text: string;
  citations: number[];
  /** White space that followed: a line break stays one. */
  after: string;
}

/** Cuts a stream of text into sentences as soon as each is complete. */
export interface SentenceCutter {
  push(delta: string): DraftSentence[];
  /** What is left. With `cutOff` the answer broke off, and an unfinished last sentence is dropped. */
  end(cutOff?: boolean): DraftSentence[];
}

/** `[1]`, `[1][2]`, `[1, 2]`, `[1-3]` and the full-width `【1】`. */
const MARK = String.raw`[[【]\s*[1-9]\d{0,2}(?:\s*[,，、;-]\s*[1-9]\d{0,2})*\s*[\]】]`;
const MARKS = new RegExp(MARK, 'gu');
const FOLLOWING = new RegExp(String.raw`^(?:[ \t]*${MARK})+[。.！!？?；;]?`, 'u');
/** "It boils. [1] Then" is read as "It boils [1]. Then": a stop before a bracket ends no sentence for the splitter. */
const STOP_BEFORE_MARK = new RegExp(String.raw`([。.！!？?；;]["”’」』)）]*)((?:[ \t]*${MARK})+)`, 'gu');
const UNFINISHED_MARK = /^[ \t]*[[【][\d\s,，、;-]*$/u;
const FINISHED = /[。！？!?；;.…]["”’」』)）*]*$/u;
const LIST_MARKER = /^(?:[-*+•]\s+|\(?\d{1,2}[.)、．）]\s+|#{1,6}\s+|>\s+)/u;
/** A range names at most so many passages; more is noise. */
const WIDEST_RANGE = 8;

/** A cutter for one answer. `[n]` belongs to the sentence that it stands in or directly behind. */
export function createSentenceCutter(splitSentences: TextTools['splitSentences']): SentenceCutter {
  let buffer = '';
  /** Half a sentence up to a semicolon, its citation still to come. */
  let half: DraftSentence | undefined;

  function take(ending: boolean): DraftSentence | undefined {
    const [first, second] = splitSentences(buffer);
    if (!first) return undefined;
    const rest = buffer.slice(first.end);
    const marks = FOLLOWING.exec(rest)?.[0] ?? '';
    const behind = rest.slice(marks.length);
    // A mark may still be on its way; without anything behind it, the sentence may go on too.
    const open = behind.trim() === '' || UNFINISHED_MARK.test(behind) || (!second && marks === '');
    if (!ending && open) return undefined;
    const gap = /^\s*/u.exec(behind)![0];
    buffer = behind.slice(gap.length);
    const whole = first.text + marks;
    return joined({
      text: withoutMarks(whole).replace(LIST_MARKER, '').trim(),
      citations: marksOf(whole),
      after: gap.includes('\n') ? '\n' : gap === '' ? '' : ' ',
    });
  }

  function joined(sentence: DraftSentence): DraftSentence {
    if (!half) return sentence;
    const text = half.text + half.after + sentence.text;
    half = undefined;
    return { ...sentence, text };
  }

  function drain(ending: boolean): DraftSentence[] {
    const sentences: DraftSentence[] = [];
    for (let next = take(ending); next; next = take(ending)) {
      const goesOn = next.citations.length === 0 && /[；;]$/u.test(next.text) && next.after !== '\n';
      if (goesOn && buffer.trim() !== '') half = next;
      else sentences.push(next);
    }
    return sentences.filter(({ text, citations }) => text !== '' || citations.length > 0);
  }

  return {
    push(delta) {
      buffer = (buffer + delta).replace(STOP_BEFORE_MARK, '$2$1');
      return drain(false);
    },
    end(cutOff = false) {
      const sentences = drain(true);
      const last = sentences.at(-1);
      if (cutOff && last && last.citations.length === 0 && !FINISHED.test(last.text)) sentences.pop();
      return sentences;
    },
  };
}

/** Takes the marks out and closes the gap before the full stop that they leave. */
function withoutMarks(text: string): string {
  return text
    .replace(new RegExp(String.raw`[ \t]*${MARK}`, 'gu'), '')
    .replace(/\s+(?=[。.！!？?；;，,]$)/u, '');
}

function marksOf(text: string): number[] {
  const numbers = [...text.matchAll(MARKS)].flatMap(([mark]) =>
    mark.split(/[,，、;]/u).flatMap(part => {
      const [from = 0, to = from] = [...part.matchAll(/\d+/gu)].map(Number);
      const width = Math.min(Math.max(to - from, 0), WIDEST_RANGE - 1);
      return Array.from({ length: width + 1 }, (_, i) => from + i);
    }),
  );
  return [...new Set(numbers)];
}
