import { describe, expect, it } from 'vitest';
import { answerBlocks } from './answer-blocks.ts';

/** Sentences from [text, what follows it]. */
const sentences = (...parts: [string, string][]) =>
  parts.map(([text, after]) => ({ text, after, citations: [] }));
const shape = (...parts: [string, string][]) =>
  answerBlocks(sentences(...parts)).map(block => [block.kind, block.mark, block.sentences.map(s => s.text)]);

describe('answerBlocks', () => {
  it('keeps sentences of a line together and begins a paragraph with a line', () => {
    expect(shape(['A.', ' '], ['B.', ''], ['C.', '\n'], ['D.', '\n\n'], ['E.', ''])).toEqual([
      ['paragraph', undefined, ['A.', 'B.', 'C.']],
      ['paragraph', undefined, ['D.']],
      ['paragraph', undefined, ['E.']],
    ]);
  });

  it('sets points with their numbers, a second sentence staying with its point', () => {
    expect(
      shape(['第一步：', '\n'], ['1. 称质量。', ''], ['2. 量体积。', '\n'], ['- 注意单位。', '']).slice(0, 2),
    ).toEqual([
      ['paragraph', undefined, ['第一步：']],
      ['point', '1.', ['称质量。', '2. 量体积。']],
    ]);
    expect(
      shape(['- One.', ' '], ['More.', '\n'], ['* Two.', '']).map(([, mark, texts]) => [mark, texts]),
    ).toEqual([
      ['•', ['One.', 'More.']],
      ['•', ['Two.']],
    ]);
  });

  it('takes a hyphen or number within a line as text', () => {
    expect(shape(['It is', ' '], ['- 5 degrees.', ' '], ['3. is odd.', ''])).toEqual([
      ['paragraph', undefined, ['It is', '- 5 degrees.', '3. is odd.']],
    ]);
  });

  it('keeps tables, code and displayed formulas whole and apart', () => {
    const table = '| a | b |\n|---|---|\n| 1 | 2 |';
    expect(shape(['See:', '\n\n'], [table, '\n\n'], ['$$x^2$$', ' '], ['So.', ''])).toEqual([
      ['paragraph', undefined, ['See:']],
      ['whole', undefined, [table]],
      ['whole', undefined, ['$$x^2$$']],
      ['paragraph', undefined, ['So.']],
    ]);
  });

  it('never changes earlier blocks when more comes', () => {
    const all = sentences(['# Title', '\n'], ['- a', '\n'], ['b.', '\n\n'], ['$$y$$', ''], ['c', '']);
    for (let n = 1; n < all.length; n++) {
      const before = answerBlocks(all.slice(0, n));
      const after = answerBlocks(all);
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      expect(after[before.length - 1]?.sentences.slice(0, before.at(-1)?.sentences.length)).toEqual(
        before.at(-1)?.sentences,
      );
    }
  });
});
