import { describe, expect, it } from 'vitest';
import { makeDocx, makeOffice, makePptx, makeXlsx, sheetRows } from '../testing/office-files.ts';
import { makeZip } from '../testing/zip-writer.ts';
import { parseDocx } from './docx.ts';
import type { FileParser } from './file-content.ts';
import { parsePptx } from './pptx.ts';
import { parseXlsx } from './xlsx.ts';

const FORMATS: [string, FileParser, string][] = [
  ['docx', parseDocx, 'word/document.xml'],
  ['pptx', parsePptx, 'ppt/presentation.xml'],
  ['xlsx', parseXlsx, 'xl/workbook.xml'],
];

const LAUGHS = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

/** What an attacker puts in the place of the main part, and what is said about it. */
const MAIN_PARTS: [string, string | Buffer, RegExp][] = [
  [
    'an external entity',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    /declares entities/,
  ],
  ['a billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${LAUGHS}]><a>&l9;</a>`, /declares entities/],
  ['deep nesting', `<a>${'<b>'.repeat(100_000)}`, /nested more than 200 deep/],
  ['a bomb', Buffer.alloc(40 << 20, ' '), /unpacks to more than 32 MB/],
  ['a bomb of elements', `<a>${'<b/>'.repeat(7_000_000)}</a>`, /unpacks to more than 100 times its size/],
  ['a cut part', '<a><b>', /cut off/],
  ['noise', Buffer.from([0x3c, 0xff, 0xfe, 0x00]), /not valid UTF-8/],
];

const unreadable = (message: RegExp) => ({
  code: 'unreadable-resource',
  message: expect.stringMatching(message),
});

describe.each(FORMATS)('a hostile .%s', (ending, parse, main) => {
  it.each(MAIN_PARTS)('with %s ends in a reason, quickly', async (_what, part, reason) => {
    const bytes = makeOffice(main, { [main]: part });
    const started = Date.now();
    await expect(parse(bytes, `a.${ending}`)).rejects.toMatchObject(unreadable(reason));
    expect(Date.now() - started).toBeLessThan(3000);
  });

  it('that leads out of its archive is refused', async () => {
    const bytes = makeOffice(main, { [main]: '<a/>', '../../evil': 'x' });
    await expect(parse(bytes, `a.${ending}`)).rejects.toMatchObject(unreadable(/leads out of it/));
  });

  it.each([
    ['encrypted', 'EncryptedPackage', /protected by a password; open it, remove the password/],
    ['old Word', 'WordDocument', /save it as \.docx/],
    ['old PowerPoint', 'PowerPoint Document', /save it as \.pptx/],
    ['old Excel', 'Workbook', /save it as \.xlsx/],
    ['unknown', 'Something', new RegExp(`save it as \\.${ending}`)],
  ])('that is %s says what to do', async (_what, stream, reason) => {
    const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const bytes = Buffer.concat([magic, Buffer.alloc(1000), Buffer.from(`${stream}\0`, 'utf16le')]);
    await expect(parse(bytes, `a.${ending}`)).rejects.toMatchObject(unreadable(reason));
  });

  it('of another kind is named as such', async () => {
    await expect(parse(Buffer.from('%PDF-1.7'), 'a')).rejects.toMatchObject(unreadable(/not a complete zip/));
    await expect(parse(Buffer.alloc(0), 'a')).rejects.toMatchObject(unreadable(/not a complete zip/));
    const other = makeZip({ 'readme.txt': 'x' });
    await expect(parse(other, 'a')).rejects.toMatchObject(unreadable(new RegExp(`not a \\.${ending} file`)));
  });
});

describe('a damaged office file', () => {
  const paragraphs = '<w:p><w:r><w:t>text</w:t></w:r></w:p>'.repeat(50);
  const shape = '<p:sp><p:txBody><a:p><a:r><a:t>text</a:t></a:r></a:p></p:txBody></p:sp>';
  const files: [string, FileParser, Buffer][] = [
    ['docx', parseDocx, makeDocx(paragraphs)],
    ['pptx', parsePptx, makePptx([{ shapes: shape }, { shapes: shape }])],
    ['xlsx', parseXlsx, makeXlsx([{ name: 'S', xml: sheetRows([['a'], ['b']]) }])],
  ];

  it.each(files)(
    '(.%s) reads, or ends in a reason, wherever a byte is wrong',
    async (ending, parse, bytes) => {
      await parse(bytes, `a.${ending}`);
      let refused = 0;
      for (let at = 0; at < bytes.length; at += 7) {
        const broken = Buffer.from(bytes);
        broken[at]! ^= 0x55;
        const error = await parse(broken, `a.${ending}`).then(
          () => undefined,
          (caught: unknown) => caught,
        );
        if (error !== undefined) expect(error).toMatchObject({ code: 'unreadable-resource' });
        if (error !== undefined) refused++;
      }
      expect(refused).toBeGreaterThan(20);
    },
  );

  it.each(files)('(.%s) ends in a reason wherever it is cut', async (ending, parse, bytes) => {
    for (let length = 0; length < bytes.length; length += 31) {
      await expect(parse(bytes.subarray(0, length), `a.${ending}`)).rejects.toMatchObject({
        code: 'unreadable-resource',
      });
    }
  });
});
