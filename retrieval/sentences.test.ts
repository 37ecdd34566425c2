import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitSentences } from './sentences.ts';

const texts = (text: string) => splitSentences(text).map(span => span.text);

it('knows Chinese and English stops, quotes, decimals and abbreviations', () => {
  expect(texts('光合作用需要光。“为什么？”他问。释放氧气！')).toEqual([
    '光合作用需要光。',
    '“为什么？”',
    '他问。',
    '释放氧气！',
  ]);
  expect(texts('Dr. Li measured 3.14 metres. It fell, e.g. twice. Why?')).toEqual([
    'Dr. Li measured 3.14 metres.',
    'It fell, e.g. twice.',
    'Why?',
  ]);
});

it('takes list items and headings apart and leaves formulas whole', () => {
  expect(texts('要点\n- 公式 $a. b$ 成立。\n- 第二点')).toEqual(['要点', '- 公式 $a. b$ 成立。', '- 第二点']);
});

it('gives spans of the text, in order, that leave out only white space', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('光', 'ab', '。', '. ', '\n', ' ', '$x$', '“', '”', '3.5', '|a|\n'), {
        maxLength: 40,
      }),
      parts => {
        const text = parts.join('');
        const spans = splitSentences(text);
        for (const { start, end, text: own } of spans) expect(text.slice(start, end)).toBe(own);
        expect(
          spans
            .map(({ text: own }) => own)
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''));
      },
    ),
  );
});
