import { expect, it } from 'vitest';
import { assemble, streamOf } from '../../testing/pdf-writer.ts';
import { parsePdf } from '../pdf.ts';

/** A page with a font that names its encoding and neither brings its letters nor a table of them. */
function pdfIn(encoding: string, ordering: string, hex: string): Buffer {
  const descendant =
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /FontDescriptor 6 0 R ` +
    `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> >>`;
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
      streamOf(`BT /F1 12 Tf 72 700 Td <${hex}> Tj ET`),
      `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /${encoding} /DescendantFonts [${descendant}] >>`,
      '<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 /FontBBox [0 -200 1000 800] >>',
    ],
    '/Root 1 0 R',
  );
}

it.each([
  ['GBK-EUC-H', 'GB1', 'd6b2ceef4130baecb9e2', '植物A0红光'],
  ['UniGB-UCS2-H', 'GB1', '690d72690041003072696548', '植物A0物效'],
  ['ETen-B5-H', 'CNS1', 'a4a4a4e54130', '中文A0'],
  ['90ms-RKSJ-H', 'Japan1', '93fa967b4130', '日本A0'],
  ['KSCms-UHC-H', 'Korea1', 'c7d1b1b94130', '한국A0'],
])('reads %s', async (encoding, ordering, hex, text) => {
  const { resources } = await parsePdf(pdfIn(encoding, ordering, hex.repeat(3)), 'a.pdf');
  expect(resources[0]!.input.text.replaceAll(' ', '')).toBe(text.repeat(3));
});

it('gives no letters for numbers of glyphs that it cannot know', async () => {
  await expect(parsePdf(pdfIn('Identity-H', 'GB1', '04d204d30e21'.repeat(6)), 'a.pdf')).rejects.toThrow(
    /OCR/,
  );
});
