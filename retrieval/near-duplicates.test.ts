import { expect, test } from 'vitest';
import { resemblance, sketchOf } from './near-duplicates.ts';

const ZH =
  '光合作用是绿色植物利用光能，把二氧化碳和水合成有机物并释放氧气的过程。叶绿体是进行光合作用的场所。';
const EN =
  'Photosynthesis turns light, water and carbon dioxide into sugar. It happens in the chloroplasts of leaves.';
const alike = (a: string, b: string) => resemblance(sketchOf(a), sketchOf(b));

test('the same words are the same text, whatever their marks and spaces', () => {
  expect(alike(EN, EN.toUpperCase().replaceAll(' ', '\n'))).toBe(1);
  expect(alike(ZH, ZH.replaceAll('，', ' , '))).toBe(1);
  expect(alike('', '')).toBe(1);
});

test('a changed sentence leaves texts alike, another text on the topic is not', () => {
  const edited = (text: string, more: string) => alike(text.repeat(1) + more, text);
  expect(edited(EN, ' Plants are green.')).toBeGreaterThan(0.8);
  expect(
    alike(EN, 'In leaves, chloroplasts make sugar out of carbon dioxide and water with light.'),
  ).toBeLessThan(0.3);
  expect(alike(ZH, '植物在光下制造有机物，放出氧气；没有光照时只进行呼吸作用，消耗氧气。')).toBeLessThan(0.3);
});
