/**
 * Many Chinese, Japanese and Korean PDFs name their encoding ("GBK-EUC-H") and expect the reader to have Adobe's tables
 * for it, 1.6 MB that unpdf does not bring along. The letters follow from the encodings that Node knows. Only the
 * numbers of glyphs in between are Adobe's own: ours stand above all of these, so that a font which uses the real
 * numbers is not misread.
 */
const FIRST_OWN = 31_000;

interface Charset {
  encoding: string;
  /** Adobe's numbers for the 95 printing characters of ASCII: proportional, and half as wide as Han characters. */
  ascii: { proportional: number; half: number };
}

const CHARSETS: Record<string, Charset> = {
  GB1: { encoding: 'gb18030', ascii: { proportional: 1, half: 814 } },
  CNS1: { encoding: 'big5', ascii: { proportional: 1, half: 13_648 } },
  Japan1: { encoding: 'shift_jis', ascii: { proportional: 1, half: 231 } },
  Korea1: { encoding: 'euc-kr', ascii: { proportional: 1, half: 8_094 } },
};

/** Which letters belong to an encoding by its name. */
const NAMES: [RegExp, string][] = [
  [/^(?:GB|UniGB)/, 'GB1'],
  [/^(?:B5|ETen|HK|UniCNS)/, 'CNS1'],
  [/RKSJ|^UniJIS/, 'Japan1'],
  [/^(?:KSC|UniKS)/, 'Korea1'],
];

/** Gives pdf.js the tables that it asks for by name. */
export class CjkMaps {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const map = kind === 'cMapUrl' ? mapOf(filename) : undefined;
    if (map === undefined) throw new Error(`no data for ${filename}`);
    return Buffer.from(map);
  }
}

function mapOf(name: string): string | undefined {
  const ordering = /^Adobe-(\w+)-UCS2$/.exec(name)?.[1];
  if (ordering !== undefined) return CHARSETS[ordering] && lettersOf(CHARSETS[ordering]);
  const charset = CHARSETS[NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? ''];
  if (!charset) return undefined;
  const ascii = /^Uni|p-|pc-|ms-B5/.test(name) ? charset.ascii.proportional : charset.ascii.half;
  if (/^Uni.*(?:UCS2|UTF16)/.test(name)) return numbersOf(pairsOf(charset), ascii, 'unicode');
  return name.startsWith('Uni') ? undefined : numbersOf(pairsOf(charset), ascii, 'bytes');
}

/** Codes of two bytes with the letter that each stands for. */
function pairsOf({ encoding }: Charset): [number, string][] {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const pairs: [number, string][] = [];
  for (let code = 0x8140; code <= 0xfefe; code++) {
    try {
      const letter = decoder.decode(Uint8Array.of(code >> 8, code & 0xff));
      if (letter.length === 1) pairs.push([code, letter]);
    } catch {
      // No letter has this code.
    }
  }
  return pairs;
}

/** From codes to numbers of glyphs. */
function numbersOf(pairs: [number, string][], ascii: number, codes: 'unicode' | 'bytes'): string {
  const rows = pairs.map(([code, letter], i) => {
    const written = codes === 'unicode' ? letter.charCodeAt(0) : code;
    return `<${hex4(written)}> ${FIRST_OWN + i}`;
  });
  const [space, single, double] =
    codes === 'unicode'
      ? ['<0020> <007E>', '', '<0000> <FFFF>']
      : ['<20> <7E>', '<00> <80>', '<8140> <FEFE>'];
  const spaces = [single, double].filter(range => range !== '');
  return (
    `${spaces.length} begincodespacerange ${spaces.join(' ')} endcodespacerange\n` +
    `1 begincidrange ${space} ${ascii} endcidrange\n${rows.length} begincidchar\n${rows.join('\n')}\nendcidchar\nendcmap`
  );
}

/** From numbers of glyphs to letters; Adobe's own become characters of private use, which count as unmapped. */
function lettersOf(charset: Charset): string {
  const rows = pairsOf(charset).map(
    ([, letter], i) => `<${hex4(FIRST_OWN + i)}> <${hex4(letter.charCodeAt(0))}>`,
  );
  const unknown: string[] = [];
  for (let start = 0; start < FIRST_OWN; start += 0x800) {
    unknown.push(`<${hex4(start)}> <${hex4(Math.min(start + 0x7ff, FIRST_OWN - 1))}> <E000>`);
  }
  const { proportional, half } = charset.ascii;
  const ascii = [proportional, half].map(first => `<${hex4(first)}> <${hex4(first + 94)}> <0020>`);
  return (
    `1 begincodespacerange <0000> <FFFF> endcodespacerange\n` +
    `${unknown.length} beginbfrange\n${[...unknown, ...ascii].join('\n')}\nendbfrange\n` +
    `${rows.length} beginbfchar\n${rows.join('\n')}\nendbfchar\nendcmap`
  );
}

function hex4(code: number): string {
  return code.toString(16).padStart(4, '0');
}
