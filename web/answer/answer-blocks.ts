import type { Sentence } from '../api/types.ts';
import { needsBlock } from '../rich-text/needs-markup.ts';

/** A stretch of an answer that is set as one: a paragraph, a point of a list, a heading, or what must stay whole. */
export interface AnswerBlock {
  kind: 'paragraph' | 'point' | 'heading' | 'whole';
  /** What stands before a point: its number, or a bullet. */
  mark?: string;
  /** Positions in the answer's sentences, with the text to show for each (list marks and hashes taken off). */
  sentences: { index: number; text: string }[];
}

const POINT = /^\s*([-*+•]|\d{1,3}[.)、])\s+(?=\S)/;
const HEADING = /^\s*#{1,6}\s+/;
/**
 * Groups checked sentences into blocks: a line break ends a paragraph, a list mark or heading at the start of a line
 * begins a block of its own. Works on the beginning of an answer as on the whole, so blocks never change by more text.
 */
export function answerBlocks(sentences: Sentence[]): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  let open: AnswerBlock | undefined;
  sentences.forEach(({ text }, index) => {
    const before = index === 0 ? '\n\n' : (sentences[index - 1]?.after ?? '');
    const start = blockStart(text, before);
    const goesOn = start.kind === undefined && open?.kind !== 'whole' && !before.includes('\n');
    if (!open || !goesOn) {
      open = { kind: start.kind ?? 'paragraph', ...(start.mark && { mark: start.mark }), sentences: [] };
      blocks.push(open);
    }
    open.sentences.push({ index, text: start.text });
  });
  return blocks;
}

/** The kind of block that a sentence opens, if it opens one, and the sentence without the mark that says so. */
function blockStart(
  text: string,
  before: string,
): { kind?: AnswerBlock['kind']; mark?: string; text: string } {
  if (needsBlock(text)) return { kind: 'whole', text };
  if (!before.includes('\n')) return { text };
  if (HEADING.test(text)) return { kind: 'heading', text: text.replace(HEADING, '') };
  const mark = POINT.exec(text)?.[1];
  if (!mark) return { text };
  return { kind: 'point', mark: /\d/.test(mark) ? mark : '•', text: text.replace(POINT, '') };
}
