import { readArchive } from '../parse/archive.ts';
import { assemble, makePdf, streamOf } from './pdf-writer.ts';
import { SMALL_FORMATS, type SmallFormat, TINY } from './small-files.ts';
import { makeZip, type ZipEntry } from './zip-writer.ts';

/** A file that something is wrong with; `name` is what its owner calls it. */
export interface MalformedFile {
  format: string;
  mutation: string;
  name: string;
  bytes: Buffer;
}

type Made = Buffer | { name: string; bytes: Buffer };
/** How a format is spoilt; `url` is an address that a file refers to, and that nobody may look up. */
type Mutation = (format: SmallFormat, url: string) => Made | Promise<Made>;
/** By kind of format: a mutation that makes no sense for one has another in its place. */
type ByKind = Record<SmallFormat['kind'], Mutation>;

const TEXT = 'Leaves take up red and blue light.';
const CHINESE = '植物吸收红光和蓝光，所以叶子看起来是绿色的。'.repeat(4);
const MILLION = 1_000_000;
const LONG = 20_000_000;
/** Of a PDF, which takes 500 bytes of memory for a letter. */
const LONG_DRAWN = 3_000_000;
const DEEP = 100_000;
const MB = 1024 * 1024;
const LAUGHS = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const PASSWORDS =
  `/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 2 /R 3 ` +
  `/Length 128 /P -44 /O <${'61'.repeat(32)}> /U <${'62'.repeat(32)}> >>`;

const kinds =
  (by: ByKind): Mutation =>
  (format, url) =>
    by[format.kind](format, url);
const whole = (format: SmallFormat) => format.make(TEXT);

/** Numbers that are the same on every run (xorshift). */
function createNoise(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

let line: string | undefined;
/** Letters without a space, which packing makes no smaller than half. */
function longLine(): string {
  const noise = createNoise(7);
  const block = Array.from({ length: 10_000 }, () => noise().toString(36).padEnd(10, 'x')).join('');
  line ??= Array.from({ length: LONG / block.length }, (_, i) => `${i}${block}`).join('');
  return line;
}

let bomb: Buffer | undefined;
/** Archives in archives, two in each. */
function nestedBomb(): Buffer {
  if (bomb) return bomb;
  bomb = makeZip({ 'a.txt': Buffer.alloc(20 * MB, 'a') });
  for (let depth = 0; depth < 5; depth++) bomb = makeZip({ 'a.zip': bomb, 'b.zip': bomb });
  return bomb;
}

/** The bytes of `text` in a Chinese encoding, whose pairs are found by decoding all there are. */
function encode(text: string, encoding: 'gbk' | 'big5'): Buffer {
  const pairs = Array.from({ length: 0x7e * 0xbf }, (_, i) => [
    0x81 + Math.floor(i / 0xbf),
    0x40 + (i % 0xbf),
  ]);
  const decoded = new TextDecoder(encoding).decode(Buffer.from(pairs.flatMap(pair => [...pair, 0x0a])));
  const letters = new Map(decoded.split('\n').map((letter, i) => [letter, pairs[i]!]));
  return Buffer.from([...text].flatMap(letter => letters.get(letter) ?? [letter.charCodeAt(0) & 0x7f]));
}

async function repacked(format: SmallFormat, change: (entries: ZipEntry[]) => ZipEntry[]): Promise<Buffer> {
  const archive = await readArchive(whole(format));
  const entries = archive.names.map(async name => ({ name, data: await archive.read(name) }));
  return makeZip(change(await Promise.all(entries)));
}

const withMain = (format: SmallFormat, data: string | Buffer) =>
  repacked(format, entries =>
    entries.map(entry => (entry.name === format.main ? { ...entry, data } : entry)),
  );
const withEntries = (format: SmallFormat, ...more: ZipEntry[]) =>
  repacked(format, entries => [...entries, ...more]);

/** A PDF of one page with these operators; `more` are further objects, from number 5. */
const drawing = (operators: string | Buffer, more: string[] = [], page = '') =>
  assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${page} /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>`,
      streamOf(operators),
      ...more,
    ],
    '/Root 1 0 R',
  );

const cut =
  (percent: number): Mutation =>
  format =>
    whole(format).subarray(0, Math.floor((whole(format).length * percent) / 100));
const flipped =
  (seed: number): Mutation =>
  format => {
    const bytes = Buffer.from(whole(format));
    const noise = createNoise(seed);
    for (let i = 0; i < 8; i++) bytes[noise() % bytes.length]! ^= 1 << (noise() % 8);
    return bytes;
  };
/** The text, or the main part of a package, in these bytes; a PDF has them in its operators. */
const inBytes = (bytes: (text: string) => Buffer): Mutation =>
  kinds({
    text: format => bytes(`${format.make(CHINESE)}`),
    package: format => withMain(format, bytes(format.wrap(format.run(CHINESE)))),
    pdf: () => drawing(Buffer.concat([Buffer.from('BT /F1 9 Tf ('), bytes(CHINESE), Buffer.from(') Tj ET')])),
  });

/** What text formats say where a package has a trick of archives. */
const sayings =
  (by: Record<string, string>): Mutation =>
  format =>
    Buffer.from(by[format.ending] ?? by.txt!);

const MUTATIONS: Record<string, Mutation> = {
  empty: () => Buffer.alloc(0),
  'cut at 10 %': cut(10),
  'cut at 50 %': cut(50),
  'cut at 90 %': cut(90),
  'wrong extension': format => {
    const other = SMALL_FORMATS[(SMALL_FORMATS.indexOf(format) + 3) % SMALL_FORMATS.length]!;
    return { name: `light.${other.ending}`, bytes: whole(format) };
  },
  'wrong beginning': format => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), whole(format)]),
  polyglot: format =>
    format.kind === 'package'
      ? Buffer.concat([makePdf([[{ text: 'Both', y: 100 }]]), whole(format)])
      : Buffer.concat([whole(format), makeZip({ 'inside.html': '<p>Both</p>' })]),
  'bits flipped 1': flipped(1),
  'bits flipped 2': flipped(2),
  'bits flipped 3': flipped(3),
  'bits flipped 4': flipped(4),
  'bits flipped 5': flipped(5),
  'bomb, flat': kinds({
    package: format => withMain(format, Buffer.alloc(90 * MB, ' ')),
    pdf: () => drawing(Buffer.alloc(200 * MB, ' ')),
    text: () => Buffer.alloc(30 * MB, ' '),
  }),
  'bomb, nested': kinds({
    package: format => withEntries(format, { name: 'more.zip', data: nestedBomb() }),
    pdf: () =>
      drawing('/X Do', [
        '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 >>\nstream\n/X Do\nendstream',
      ]),
    text: nestedBomb,
  }),
  'bomb, overlapping': kinds({
    package: format => withEntries(format, { name: 'b', data: 'x', overlapsFirst: true }),
    pdf: () =>
      assemble(
        ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>'],
        '/Root 1 0 R',
      ),
    text: () => Buffer.from('\uFEFF'.repeat(MILLION)),
  }),
  'path out of it': kinds({
    package: format => withEntries(format, { name: '../../zhujiao-escaped.txt', data: TEXT }),
    pdf: format => ({ name: '../../zhujiao-escaped.pdf', bytes: whole(format) }),
    text: format => ({ name: `..\\..\\zhujiao-escaped.${format.ending}`, bytes: whole(format) }),
  }),
  link: kinds({
    package: format =>
      withEntries(format, { name: 'etc', data: '/etc/passwd', externalAttributes: (0o120777 << 16) >>> 0 }),
    pdf: () => drawing('/X Do', ['<< /F (/etc/passwd) /Length 0 >>\nstream\n\nendstream']),
    text: sayings({
      html: '<h1>Link</h1><object data="file:///etc/passwd"></object><p>Text.</p>',
      txt: '![x](file:///etc/passwd) text',
      csv: 'a,b\n=HYPERLINK("file:///etc/passwd"),c\n',
    }),
  }),
  'bomb of entities': kinds({
    package: format =>
      withMain(format, `<!DOCTYPE a [<!ENTITY l0 "ha">${LAUGHS}]>${format.wrap(format.run('&l9;'))}`),
    pdf: () => drawing('(x) Tj '.repeat(MILLION / 2)),
    text: sayings({
      html: `<!DOCTYPE html [<!ENTITY l0 "ha">${LAUGHS}]><html><p>&l9;</p></html>`,
      csv: `a,b\n${'"&l9;""",'.repeat(10_000)}\n`,
      txt: `<!DOCTYPE a [<!ENTITY l0 "ha">${LAUGHS}]>\n\n&l9; ${'&amp;amp;'.repeat(10_000)}`,
    }),
  }),
  'an address outside': (format, url) =>
    kinds({
      package: () =>
        withMain(
          format,
          `<!DOCTYPE a [<!ENTITY x SYSTEM "${url}"> <!ENTITY % y SYSTEM "${url}"> %y;]>${format.wrap(format.run('&x;'))}`,
        ),
      pdf: () =>
        drawing(
          '/X Do',
          [`<< /FS /URL /F (${url}) /Length 0 >>\nstream\n\nendstream`],
          `/AA << /O << /S /URI /URI (${url}) >> >>`,
        ),
      text: sayings({
        html: `<base href="${url}"><link rel=stylesheet href="${url}"><meta http-equiv=refresh content="0;${url}"><img src="${url}"><script src="${url}"></script><p>Text.</p>`,
        csv: `a,b\n=WEBSERVICE("${url}"),=IMPORTDATA("${url}")\n`,
        txt: `# Picture\n\n![a](${url}) [b]: ${url} <img src="${url}">`,
      }),
    })(format, url),
  encrypted: kinds({
    package: format =>
      format.ending === 'epub' || format.ending === 'zip'
        ? repacked(format, entries => entries.map(entry => ({ ...entry, flags: 1 })))
        : Buffer.concat([
            Buffer.from('d0cf11e0a1b11ae1', 'hex'),
            Buffer.alloc(MB),
            Buffer.from('EncryptedPackage\0', 'utf16le'),
          ]),
    pdf: () => makePdf([[{ text: TEXT, y: 100 }]], { trailer: PASSWORDS }),
    text: () => {
      const noise = createNoise(9);
      return Buffer.from(Array.from({ length: 4_000 }, () => noise() % 256));
    },
  }),
  GBK: inBytes(text => encode(text, 'gbk')),
  Big5: inBytes(text => encode(text, 'big5')),
  'UTF-16 with a mark': inBytes(text => Buffer.from(`\uFEFF${text}`, 'utf16le')),
  'UTF-16 without a mark': inBytes(text => Buffer.from(text, 'utf16le')),
  NULs: inBytes(text => Buffer.from(text.replaceAll('光', '\0'))),
  'lone surrogates': inBytes(text =>
    Buffer.concat([
      Buffer.from(text.slice(0, -20)),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from(`&#xD800;\\ud800${text.slice(-20)}`),
    ]),
  ),
  'a line without end': kinds({
    package: format => withMain(format, format.wrap(format.run(longLine()))),
    pdf: () => drawing(`BT /F1 9 Tf (${longLine().slice(0, LONG_DRAWN)}) Tj ET`),
    text: format => format.make(longLine()),
  }),
  '100,000 deep': kinds({
    package: format => withMain(format, format.wrap('<b>'.repeat(DEEP))),
    pdf: () => drawing(`${'['.repeat(DEEP)} 1 ${'<<'.repeat(DEEP)}`, [], `/X ${'['.repeat(DEEP)}`),
    text: sayings({
      html: `${'<div><span>'.repeat(DEEP)}deep`,
      md: `${'> '.repeat(DEEP)}deep ${'[*'.repeat(DEEP)}`,
      csv: `a,b\n${'"'.repeat(DEEP)}x,y\n`,
      txt: `${'('.repeat(DEEP)}deep${'\n\t'.repeat(DEEP)}`,
    }),
  }),
  'a million tiny things': kinds({
    package: format => withMain(format, format.wrap(TINY[format.ending]!.repeat(MILLION))),
    pdf: () => drawing('BT /F1 9 Tf 1 0 Td (a) Tj ET\n'.repeat(MILLION / 2)),
    text: sayings({
      html: `${'<p/>'.repeat(MILLION)}end`,
      md: `${'- \n'.repeat(MILLION)}end`,
      csv: ','.repeat(MILLION),
      txt: 'a\n'.repeat(MILLION),
    }),
  }),
  'a strange name': format => {
    const strange = `\u202Eqqq\u200F \u0007\u0000\r\n"';<b>%00..%2f \u{1F600}`;
    const longest = '光'.repeat((255 - Buffer.byteLength(strange) - 6) / 3);
    return { name: `${strange}${longest}.${format.ending}`, bytes: whole(format) };
  },
};

/** Ten formats by thirty mutations. Files that refer to something refer to `url`. */
export async function makeMalformedFiles(url: string): Promise<MalformedFile[]> {
  const files: MalformedFile[] = [];
  for (const [mutation, spoil] of Object.entries(MUTATIONS)) {
    for (const format of SMALL_FORMATS) {
      const made = await spoil(format, url);
      const named = Buffer.isBuffer(made) ? { name: `light.${format.ending}`, bytes: made } : made;
      files.push({ format: format.ending, mutation, ...named });
    }
  }
  return files;
}
