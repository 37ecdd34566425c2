import { deflateSync } from 'node:zlib';

/** A line of text on a page of `makePdf`; y counts from the top, in points. */
export interface PdfLine {
  text: string;
  x?: number;
  y: number;
  size?: number;
  bold?: boolean;
  /** Render mode of PDF: 3 is invisible. */
  mode?: number;
  white?: boolean;
}

export interface PdfOptions {
  /** Entries of the information dictionary. */
  info?: Record<string, string>;
  bookmarks?: { title: string; page: number }[];
  /** Entries of the trailer, such as `/Encrypt`. */
  trailer?: string;
  /** Letters come as numbers of glyphs, and no table says what they are. */
  mute?: boolean;
}

const HEIGHT = 842;

/** A PDF with the given lines, any Unicode letters; widths are those of Chinese (full) and Latin (half) letters. */
export function makePdf(pages: PdfLine[][], options: PdfOptions = {}): Buffer {
  const letters = [...new Set(pages.flat().flatMap(line => [...line.text]))];
  const codes = new Map(letters.map((letter, i) => [letter, i + 1]));
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const fixed = 8;
  const first = fixed + 1;
  const bookmarks = options.bookmarks ?? [];
  add(
    `<< /Type /Catalog /Pages 2 0 R ${bookmarks.length > 0 ? `/Outlines ${first + pages.length * 2} 0 R` : ''} >>`,
  );
  add(
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${first + i * 2} 0 R`).join(' ')}] >>`,
  );
  for (const name of ['Song', 'Song-Bold']) {
    const widths = letters.map(letter => (isWide(letter) ? 1000 : 500)).join(' ');
    const toUnicode = options.mute ? '' : '/ToUnicode 6 0 R';
    add(
      `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H ${toUnicode} /DescendantFonts [<< /Type /Font ` +
        `/Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
        `/DW 1000 /W [1 [${widths}]] /FontDescriptor ${name === 'Song' ? 5 : 8} 0 R >>] >>`,
    );
  }
  add(descriptorOf('Song'));
  add(streamOf(toUnicodeMap(codes)));
  add(
    `<< ${Object.entries(options.info ?? {})
      .map(([key, value]) => `/${key} <FEFF${Buffer.from(value, 'utf16le').swap16().toString('hex')}>`)
      .join(' ')} >>`,
  );
  add(descriptorOf('Song-Bold'));
  for (const [i, lines] of pages.entries()) {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${HEIGHT}] /Contents ${first + i * 2 + 1} 0 R ` +
        '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>',
    );
    add(streamOf(lines.map(line => drawn(line, codes)).join('\n')));
  }
  addBookmarks(objects, bookmarks, page => first + (page - 1) * 2);
  return assemble(objects, `/Root 1 0 R /Info 7 0 R ${options.trailer ?? ''}`);
}

/** A PDF of these objects, the first of them number 1. */
export function assemble(objects: string[], trailer: string): Buffer {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return `${`${offset}`.padStart(10, '0')} 00000 n \n`;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A packed stream as the body of an object. */
export function streamOf(content: string | Buffer): string {
  const packed = deflateSync(content);
  return `<< /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream`;
}

function drawn(
  { text, x = 72, y, size = 12, bold, mode = 0, white }: PdfLine,
  codes: Map<string, number>,
): string {
  const hex = [...text].map(letter => codes.get(letter)!.toString(16).padStart(4, '0')).join('');
  const color = white ? '1 1 1 rg' : '0 0 0 rg';
  return `BT ${color} ${mode} Tr /F${bold ? 2 : 1} ${size} Tf ${x} ${HEIGHT - y} Td <${hex}> Tj ET`;
}

function descriptorOf(name: string): string {
  const metrics =
    '/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800]';
  return `<< /Type /FontDescriptor /FontName /${name} /Flags 4 ${metrics} >>`;
}

function isWide(letter: string): boolean {
  return letter.codePointAt(0)! >= 0x2e80;
}

function toUnicodeMap(codes: Map<string, number>): string {
  const rows = [...codes].map(([letter, code]) => {
    const unicode = [...Buffer.from(letter, 'utf16le').swap16()].map(byte =>
      byte.toString(16).padStart(2, '0'),
    );
    return `<${code.toString(16).padStart(4, '0')}> <${unicode.join('')}>`;
  });
  return (
    '/CIDInit /ProcSet findresource begin begincmap /CMapName /X def /CMapType 2 def ' +
    `1 begincodespacerange <0000> <FFFF> endcodespacerange ${rows.length} beginbfchar\n${rows.join('\n')}\nendbfchar endcmap end`
  );
}

function addBookmarks(
  objects: string[],
  bookmarks: { title: string; page: number }[],
  pageObject: (page: number) => number,
) {
  if (bookmarks.length === 0) return;
  const root = objects.length + 1;
  const last = root + bookmarks.length;
  objects.push(`<< /Type /Outlines /First ${root + 1} 0 R /Last ${last} 0 R /Count ${bookmarks.length} >>`);
  for (const [i, { title, page }] of bookmarks.entries()) {
    const hex = `FEFF${Buffer.from(title, 'utf16le').swap16().toString('hex')}`;
    const next = i + 1 < bookmarks.length ? `/Next ${root + i + 2} 0 R` : '';
    objects.push(
      `<< /Title <${hex}> /Parent ${root} 0 R ${next} /Dest [${pageObject(page)} 0 R /XYZ 0 800 0] >>`,
    );
  }
}
