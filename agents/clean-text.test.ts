import { expect, test } from 'vitest';
import { cleanText, isHarmless } from './clean-text.ts';

test.each([
  ['水在 100℃ 沸腾。![x](https://evil.example/a)', '水在 100℃ 沸腾。'],
  ['![a][b]水', '水'],
  ['见[这里](//evil.example)的说明', '见这里的说明'],
  ['<b>水</b>沸腾<br/>', '水沸腾'],
  ['若 a<b and c>d，则 $x<y$', '若 a<b and c>d，则 $x<y$'],
  ['List<String> 是泛型', 'List<String> 是泛型'],
  ['见第 [2] 章', '见第 [2] 章'],
  ['Node.js and ASP.NET at 3:2', 'Node.js and ASP.NET at 3:2'],
])('%s', (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test.each([
  'see https://evil.example',
  'HTTP://EVIL.EXAMPLE/x',
  'see www.evil.example',
  'javascript:alert(1)',
  'data:text/html;base64,AAAA',
  '[x]: //evil.example/track',
  'go to evil.example.com/login now',
  '$\\href{x}{y}$',
  '$\\htmlData{a=b}{x}$',
  'mailto:a@b.c',
  '![only an image](a.png)',
])('an address is not shown: %s', text => {
  expect(cleanText(text)).toBeUndefined();
});

test('only what states nothing may stand without a citation', () => {
  for (const text of [
    '你好！',
    '根据资料，',
    '步骤如下：',
    '希望对你有帮助！',
    'Sure!',
    'Here is what the library says:',
    'I hope this helps.',
  ])
    expect([text, isHarmless(text)]).toEqual([text, true]);
  for (const text of [
    '你好，水在 90℃ 沸腾。',
    '总之，水会结冰。',
    'Sure, Einstein said so.',
    '根据资料，水有毒。',
    '你知道水有毒吗？',
  ])
    expect([text, isHarmless(text)]).toEqual([text, false]);
});
