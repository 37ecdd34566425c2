import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Section } from '../library/resources.ts';
import { sizeOf } from '../retrieval/breaks.ts';
import { splitPassages } from './split.ts';

const section = (text: string, heading: string[] = []): Section => ({ heading, text });
const split = (text: string, language = 'zh') => splitPassages([section(text)], language).map(p => p.text);
const bare = (text: string) => text.replace(/\s/g, '');
const size = (text: string) => sizeOf(text, 0, text.length);

const han = (n: number) => '学'.repeat(n);
const sentence = (n: number) => `${han(n - 1)}。`;

/** Pieces of real-looking text, so that random texts meet every rule of the splitter. */
const piece = fc.oneof(
  fc.constantFrom(
    '\n\n',
    '\n',
    ' ',
    '。',
    '．',
    '. ',
    '? ',
    '！',
    '，',
    '：\n\n',
    '$x+1$',
    '$$\\frac{1}{2}$$',
    '$5 ',
    '\\(a\\)',
    '```js\nlet a = 1;\n\nlet b;\n```\n',
    '```\nnever closed\n',
    '| a | b |\n| - | - |\n| 1 | 2 |\n',
    '\\$',
    '`code`',
    'e.g. ',
    'Mr. Li ',
    '3.14',
    '\\begin{align}x\\end{align}',
    '👩‍🏫',
    'é',
    '𠮷',
    '「好。」',
    '……',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.integer({ min: 1, max: 500 }).map(han),
  fc.integer({ min: 1, max: 900 }).map(n => 'word '.repeat(n / 5)),
  fc.integer({ min: 100, max: 3000 }).map(n => 'x'.repeat(n)),
);

describe('splitPassages', () => {
  it('puts every character that is not white space into exactly one passage, in order', () => {
    const sections = fc.array(
      fc.record({
        heading: fc.array(fc.constantFrom('A', 'B'), { maxLength: 2 }),
        text: fc.array(piece, { maxLength: 30 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(sections, fc.constantFrom('zh', 'en', 'de', 'xx'), (parts, language) => {
        const input = parts.map(({ heading, text }) => ({ heading, text: text.join('') }));
        const passages = splitPassages(input, language);
        expect(bare(passages.map(p => p.text).join(''))).toBe(bare(input.map(s => s.text).join('')));
        for (const { text } of passages) {
          expect(text).toBe(text.trim());
          expect(text).not.toBe('');
          expect(size(text)).toBeLessThan(2.2);
          expect(/[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/.test(text)).toBe(/[\uD800-\uDFFF]/u.test(text));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a text of one passage whole and cuts a longer one at paragraph ends, evenly', () => {
    expect(split(sentence(350))).toEqual([sentence(350)]);
    const paragraphs = [170, 160, 175, 165].map(sentence);
    expect(split(paragraphs.join('\n\n'))).toEqual([
      paragraphs.slice(0, 2).join('\n\n'),
      paragraphs.slice(2).join('\n\n'),
    ]);
  });

  it('cuts a long paragraph at sentence ends, not at abbreviations, initials or decimals', () => {
    const text = `${'Dr. Wang met J. Li, i.e. the head of No. 5 school, at 3.30 p.m. on a day in 1999. '.repeat(40)}`;
    for (const passage of split(text, 'en')) expect(passage).toMatch(/^Dr\. Wang[\s\S]*1999\.$/);
    const chinese = `${han(90)}“${han(60)}！”${han(49)}．圆周率约为3．14。`.repeat(6);
    for (const passage of split(chinese)) expect(passage).toMatch(/(。|．|！”)$/);
    for (const passage of split(chinese)) expect(passage).not.toMatch(/^[”1]/);
  });

  it('keeps formulas, fences and tables in one piece', () => {
    const formula = `$$\n${'\\alpha + \\beta. Then = 1, '.repeat(20)}\n$$`;
    const fence = `\`\`\`python\n${'x = 1\n\n# not a paragraph end. Really\n'.repeat(15)}\`\`\``;
    const table = `| 甲 | 乙 |\n| -- | -- |\n${'| 一 | 二。三！ |\n'.repeat(40)}`.trim();
    for (const whole of [formula, fence, table]) {
      const passages = split(`${sentence(300)}\n\n${whole}\n\n${sentence(300)}`);
      expect(passages.filter(text => text.includes(whole))).toHaveLength(1);
    }
    const indented = `- 例：\n   \`\`\`js\n${'   f();\n\n'.repeat(120)}   \`\`\``;
    expect(split(`${sentence(300)}\n\n${indented}`)).toEqual([sentence(300), indented]);
  });

  it('opens a fence that alone is too long, at line ends', () => {
    const fence = `\`\`\`\n${'call(one, two);\n'.repeat(200)}\`\`\``;
    const passages = split(fence);
    expect(passages.length).toBeGreaterThan(2);
    for (const text of passages) expect(text).toMatch(/^(```\n)?call\([\s\S]*(;|```)$/);
  });

  it('does not take prices for formulas', () => {
    const text = `The book costs $5 here. ${'It is $6 there, or more. '.repeat(60)}`;
    for (const passage of split(text, 'en')) expect(passage).toMatch(/[.]$/);
  });

  it('joins a small tail to its neighbour under the same heading, never across headings', () => {
    const parts = [section(sentence(300), ['甲']), section('短。', ['甲']), section('也短。', ['乙'])];
    expect(splitPassages(parts, 'zh')).toEqual([
      { heading: ['甲'], text: `${sentence(300)}\n\n短。` },
      { heading: ['乙'], text: '也短。' },
    ]);
  });

  it('keeps the locator, and keeps places apart', () => {
    const parts = [1, 2].map(page => ({ ...section('同页。'), locator: { kind: 'page' as const, page } }));
    expect(splitPassages(parts, 'zh')).toEqual(parts);
  });

  it('does not separate a line that ends in a colon from what it announces', () => {
    const passages = split(`${sentence(180)}\n\n步骤如下：\n\n${'- 做一步。\n'.repeat(60)}`);
    expect(passages.some(text => text.endsWith('：'))).toBe(false);
  });

  it('takes time in proportion to hostile text', () => {
    for (const hostile of [
      '$',
      '$$ ',
      '\\(',
      '\\begin{a}',
      '\\begin{a}\\begin{b}',
      '`',
      '.',
      '!',
      '| ',
      '~~~\n',
      '\n\t',
      ',',
    ]) {
      const started = performance.now();
      split(hostile.repeat(1_000_000 / hostile.length), 'en');
      expect(performance.now() - started, hostile).toBeLessThan(2_000);
    }
  });
});
