import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitSentences } from '../retrieval/sentences.ts';
import { createSentenceCutter, type DraftSentence } from './cut-sentences.ts';

function cut(text: string, pieces = [text], cutOff = false): DraftSentence[] {
  const cutter = createSentenceCutter(splitSentences);
  return [...pieces.flatMap(piece => cutter.push(piece)), ...cutter.end(cutOff)];
}
const brief = (sentences: DraftSentence[]) => sentences.map(({ text, citations }) => [text, citations]);

test.each([
  [
    '水会沸腾[1]。冰会融化。[2]',
    [
      ['水会沸腾。', [1]],
      ['冰会融化。', [2]],
    ],
  ],
  [
    'Water boils at 100 °C [1]. Ice melts at 0 °C.[2] It floats. [1][3]',
    [
      ['Water boils at 100 °C.', [1]],
      ['Ice melts at 0 °C.', [2]],
      ['It floats.', [1, 3]],
    ],
  ],
  ['一句话[1, 3]，还有半句【2】。', [['一句话，还有半句。', [1, 3, 2]]]],
  [
    '范围[2-4]。太宽[1-99]。',
    [
      ['范围。', [2, 3, 4]],
      ['太宽。', [1, 2, 3, 4, 5, 6, 7, 8]],
    ],
  ],
  ['冰会融化；水会沸腾[1]。', [['冰会融化；水会沸腾。', [1]]]],
  [
    '冰会融化[2]；水会沸腾[1]。',
    [
      ['冰会融化；', [2]],
      ['水会沸腾。', [1]],
    ],
  ],
  [
    '- 第一步关火[1]\n- 第二步通风[2]\n',
    [
      ['第一步关火', [1]],
      ['第二步通风', [2]],
    ],
  ],
  ['Dr. Li 说圆周率约为 3.14[1]。', [['Dr. Li 说圆周率约为 3.14。', [1]]]],
  ['数组 a[0] 不是引用吗？', [['数组 a[0] 不是引用吗？', []]]],
  ['', []],
])('%s', (text, expected) => {
  expect(brief(cut(text))).toEqual(expected);
});

test('line breaks are kept as what follows a sentence', () => {
  expect(cut('一。[1]\n\n二。[1] 三。[1]').map(({ after }) => after)).toEqual(['\n', ' ', '']);
});

test('what broke off in the middle is dropped, what was complete is not', () => {
  expect(brief(cut('水会沸腾[1]。冰会', undefined, true))).toEqual([['水会沸腾。', [1]]]);
  expect(brief(cut('水会沸腾[1]。冰会融化[2]', undefined, true))).toHaveLength(2);
});

test('sentences do not depend on how the text arrives, and come as soon as they are complete', () => {
  const text = '你好。水在 3.5 分钟后沸腾[1]。Ice melts.[2] 冰会融化；水会沸腾[1][3]。\n- 最后一点 [2]';
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 60, maxLength: 60 }), sizes => {
      const pieces: string[] = [];
      let at = 0;
      for (const size of sizes) {
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      pieces.push(text.slice(at));
      expect(cut(text, pieces)).toEqual(cut(text));
    }),
  );
  const cutter = createSentenceCutter(splitSentences);
  expect(cutter.push('水会沸腾[1]。')).toEqual([]);
  expect(brief(cutter.push('冰'))).toEqual([['水会沸腾。', [1]]]);
});
