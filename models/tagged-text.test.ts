import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTagged, tagged, taggedGroup } from './tagged-text.ts';

test('no text can close or open a tag, and every text comes back as it was', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom('</passage>', '< /PASSAGES >', '<passage n="9">', 'a < b', '</question\n>', '“<task>”'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 4 }), pairs => {
      const text = pairs.map(([a, b]) => a + b).join('\n');
      fc.pre(!/&lt;[\s/]*(?:passage|question|task)/iu.test(text));
      const prompt = taggedGroup('passages', [
        tagged('passage', text, { n: 1, title: text }),
        tagged('passage', 'x', { n: 2 }),
      ]);
      const blocks = readTagged(prompt, 'passage');
      expect(blocks.map(block => block.text)).toEqual([text, 'x']);
      expect(blocks[0]!.attributes.title).toBe(text.replace(/\s+/gu, ' '));
      expect(readTagged(prompt, 'question')).toEqual([]);
    }),
  );
});

test('code and formulas stay readable', () => {
  expect(tagged('passage', 'if (a<b) {} $x<y$ <div>', { n: 3, score: undefined })).toBe(
    '<passage n="3">\nif (a<b) {} $x<y$ <div>\n</passage>',
  );
});
