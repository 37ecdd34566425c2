import { describe, expect, it } from 'vitest';
import { assemble, makePdf, streamOf } from '../testing/pdf-writer.ts';
import { parsePdf } from './pdf.ts';

const page = [{ text: '植物吸收红光和蓝光，所以叶子看起来是绿色的。', y: 100 }];
const good = makePdf([page, page]);
const PAGES = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>';
const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>';
const with4 = (body: string, page = PAGE) => assemble([CATALOG, PAGES, page, body], '/Root 1 0 R');
const ENCRYPT =
  `/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 2 /R 3 ` +
  `/Length 128 /P -44 /O <${'61'.repeat(32)}> /U <${'62'.repeat(32)}> >>`;
const form =
  '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream';

describe('a hostile or broken PDF ends in a reason, soon', () => {
  const cases: [string, () => Buffer, RegExp][] = [
    ['no PDF at all', () => Buffer.from('hello'), /damaged or no PDF/],
    ['only its beginning', () => good.subarray(0, 300), /PDF|OCR/],
    ['a password', () => makePdf([page], { trailer: ENCRYPT }), /protected by a password/],
    [
      'an unknown lock',
      () => makePdf([page], { trailer: ENCRYPT.replace('/Standard', '/Adobe.APS') }),
      /encrypted|protected/,
    ],
    [
      'pages that contain themselves',
      () => assemble([CATALOG, '<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>'], '/Root 1 0 R'),
      /PDF|OCR/,
    ],
    ['a root that is missing', () => assemble(['<< >>'], '/Root 9 0 R'), /PDF/],
    [
      'a form that draws itself',
      () => with4(form, PAGE.replace('<< >>', '<< /XObject << /X 4 0 R >> >>')),
      /OCR/,
    ],
    ['too many pages', () => makePdf(Array.from({ length: 2_001 }, () => [])), /2001 pages.*split/],
    ['arrays nested without end', () => with4(streamOf(`${'['.repeat(200_000)}`)), /OCR|PDF/],
    [
      'objects nested without end',
      () => assemble([CATALOG, PAGES, `<< /Type /Page /X ${'['.repeat(100_000)} >>`], '/Root 1 0 R'),
      /OCR|PDF/,
    ],
    [
      'a stream that unpacks to 200 MB',
      () => with4(streamOf(Buffer.alloc(200 << 20, ' '))),
      /unpacks to more than 64 MB/,
    ],
  ];
  it.each(cases)('%s', async (_, make, reason) => {
    const bytes = make();
    const start = performance.now();
    await expect(parsePdf(bytes, 'a.pdf')).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: expect.stringMatching(reason),
    });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('but one cut off behind its pages is read', async () => {
    const cut = good.subarray(0, good.lastIndexOf('xref'));
    expect((await parsePdf(cut, 'a.pdf')).resources[0]!.sections).toHaveLength(2);
  });

  it('and one whose pages have more text than any page is read in part', async () => {
    const lines = Array.from({ length: 4_000 }, (_, i) => ({
      text: 'abcdefghij'.repeat(10),
      y: 20 + (i % 80) * 10,
    }));
    const { leftOut } = await parsePdf(makePdf([lines]), 'a.pdf');
    expect(leftOut).toContainEqual({
      place: 'a.pdf#page=1',
      reason: 'more text than a page can have; the rest was not read',
    });
  });
});
