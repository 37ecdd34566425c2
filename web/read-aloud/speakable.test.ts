import { describe, expect, it } from 'vitest';
import { sentenceSpans, speakable } from './speakable.ts';

const sentences = (text: string, language: string) =>
  sentenceSpans(text, language).map(({ start, end }) => text.slice(start, end));

describe('speakable', () => {
  it('leaves out what is only for the eye', () => {
    expect(speakable('## The **leaf**\n- uses `light`, see [here](https://example.org)')).toBe(
      'The leaf uses light, see here',
    );
    expect(speakable('| 名称 | 密度 |')).toBe('名称 密度');
  });

  it('says formulas by signs that voices know', () => {
    expect(speakable('所以 $a^2+b^{2}=c^2$。')).toBe('所以 a²+b²=c²。');
    expect(speakable('$$v=\\frac{s}{t}\\times 2$$')).toBe('v=s/t× 2');
    expect(speakable('It costs $5.')).toBe('It costs 5.');
  });
});

describe('sentenceSpans', () => {
  it('finds the sentences of both languages', () => {
    expect(sentences('叶子是绿的。因为它含有叶绿素！对吗？', 'zh-CN')).toEqual([
      '叶子是绿的。',
      '因为它含有叶绿素！',
      '对吗？',
    ]);
    expect(sentences('Water is 1.0 g. It is dense.', 'en')).toEqual(['Water is 1.0 g.', 'It is dense.']);
  });

  it('takes lines apart and leaves out those that say nothing', () => {
    expect(sentences('# Title\n\n- One\n- Two\n\n---\n', 'en')).toEqual(['Title', 'One', 'Two']);
    expect(sentences('| a | b |\n|---|---|\n| 1 | 2 |', 'en')).toEqual(['| a | b |', '| 1 | 2 |']);
  });
});
