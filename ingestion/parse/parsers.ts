import { AppError } from '../../library/errors.ts';
import { parseCartridge } from './cartridge.ts';
import { parseCsv } from './csv.ts';
import { parseDocx } from './docx.ts';
import { parseEpub } from './epub.ts';
import type { FileParser } from './file-content.ts';
import { parsePdf } from './pdf.ts';
import { parsePptx } from './pptx.ts';
import { parseQti } from './qti.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { parseSubtitles } from './subtitles.ts';
import {
  parseHtmlFile,
  parseJsonFile,
  parseManifestFile,
  parseMarkdownFile,
  parsePlainTextFile,
} from './text-file.ts';
import { parseXlsx } from './xlsx.ts';
import { parseZip } from './zip.ts';

/** Readers by the ending of the file name. */
const PARSERS: Record<string, FileParser> = {
  pdf: parsePdf,
  docx: parseDocx,
  pptx: parsePptx,
  xlsx: parseXlsx,
  csv: parseCsv,
  tsv: parseCsv,
  srt: parseSubtitles,
  vtt: parseSubtitles,
  epub: parseEpub,
  xml: parseQti,
  html: parseHtmlFile,
  htm: parseHtmlFile,
  xhtml: parseHtmlFile,
  md: parseMarkdownFile,
  markdown: parseMarkdownFile,
  txt: parsePlainTextFile,
  jsonl: parseManifestFile,
  json: parseJsonFile,
  jsonld: parseJsonFile,
};

/** Archives, whose files are read by `PARSERS`. */
const ARCHIVES: Record<string, FileParser> = {
  zip: (bytes, path) => parseZip(bytes, path, parsePart),
  imscc: (bytes, path) => parseCartridge(bytes, path, parsePart),
};

/** An archive in an archive is read, one in that is not. */
const INNER_ARCHIVES: Record<string, FileParser> = {
  zip: (bytes, path) => parseZip(bytes, path, parseInnermost),
  imscc: (bytes, path) => parseCartridge(bytes, path, parseInnermost),
};

/** The endings that are read. */
export const READ_ENDINGS = Object.keys({ ...PARSERS, ...ARCHIVES });

/** Endings of text files, whose content can be any of them. */
const TEXT_ENDINGS = new Set([
  'txt',
  'md',
  'markdown',
  'srt',
  'vtt',
  'html',
  'htm',
  'xhtml',
  'xml',
  'csv',
  'tsv',
  'json',
  'jsonl',
  'jsonld',
]);

/** What to do with what is no text here. */
const ADVICE: Record<string, string> = {
  image: 'pictures have no text that can be read',
  video: 'bring its subtitles (.srt, .vtt)',
  audio: 'bring its transcript',
  ole: 'save it as .docx, .pptx or .xlsx without a password',
  rtf: 'save it as .docx',
  odf: 'save it as .docx, .pptx or .xlsx',
  rar: 'pack it as .zip',
  '7z': 'pack it as .zip',
  gz: 'pack it as .zip',
};

/**
 * Reads a file by what it really is, whatever its name says.
 * @throws AppError `unreadable-resource` naming both when that cannot be read.
 */
export const parseFile: FileParser = (bytes, path) => parseBy({ ...PARSERS, ...ARCHIVES }, bytes, path);

const parsePart: FileParser = (bytes, path) => parseBy({ ...PARSERS, ...INNER_ARCHIVES }, bytes, path);

const parseInnermost: FileParser = (bytes, path) => parseBy(PARSERS, bytes, path);

async function parseBy(parsers: Record<string, FileParser>, bytes: Buffer, path: string) {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const sniffed = await sniff(bytes);
  const parser = parsers[formatFor(sniffed, ending)];
  if (parser) return parser(bytes, path);
  if (sniffed.format in ARCHIVES)
    throw new AppError('unreadable-resource', 'archives within archives are not opened; pack it flat');
  const advice = ADVICE[sniffed.format] ? `; ${ADVICE[sniffed.format]}` : '';
  throw new AppError(
    'unreadable-resource',
    `named .${ending}, it is ${sniffed.name}, which is not read${advice}`,
  );
}

/** Content decides, but text that shows no kind is what its name says it is. */
function formatFor({ format }: Sniffed, ending: string): string {
  if (format === 'xml' && (ending === 'html' || ending === 'xhtml' || ending === 'htm')) return 'html';
  if (format !== 'text') return format === 'html' && ending === 'md' ? 'md' : format;
  if (ending === 'xml' || ending === 'srt' || ending === 'vtt') return ending;
  return TEXT_ENDINGS.has(ending) ? ending : 'text';
}
