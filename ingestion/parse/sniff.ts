import { AppError } from '../../library/errors.ts';
import { readArchive } from './archive.ts';
import { MANIFEST } from './cartridge.ts';

/** What the bytes are: `format` is an ending of file names, `name` what people call it. */
export interface Sniffed {
  format: string;
  name: string;
}

const PICTURE = { format: 'image', name: 'a picture' };
const VIDEO = { format: 'video', name: 'a video' };
const AUDIO = { format: 'audio', name: 'a sound recording' };

/** How binary files begin (Latin-1), behind so many bytes. */
const MAGIC: [number, string, Sniffed][] = [
  [
    0,
    '\xD0\xCF\x11\xE0',
    { format: 'ole', name: 'an old Office file (.doc, .xls, .ppt) or a protected one' },
  ],
  [0, '\x89PNG', PICTURE],
  [0, '\xFF\xD8\xFF', PICTURE],
  [0, 'GIF8', PICTURE],
  [0, 'BM', PICTURE],
  [8, 'WEBP', PICTURE],
  [0, 'II*\0', PICTURE],
  [0, 'MM\0*', PICTURE],
  [4, 'ftyp', VIDEO],
  [0, '\x1A\x45\xDF\xA3', VIDEO],
  [8, 'AVI', VIDEO],
  [0, 'FLV', VIDEO],
  [0, '\0\0\x01\xBA', VIDEO],
  [0, 'ID3', AUDIO],
  [0, '\xFF\xFB', AUDIO],
  [8, 'WAVE', AUDIO],
  [0, 'fLaC', AUDIO],
  [0, 'OggS', AUDIO],
  [0, 'Rar!', { format: 'rar', name: 'a RAR archive' }],
  [0, '7z\xBC\xAF', { format: '7z', name: 'a 7z archive' }],
  [0, '\x1F\x8B', { format: 'gz', name: 'a gzip archive' }],
  [0, 'MZ', { format: 'exe', name: 'a program' }],
  [0, '\x7FELF', { format: 'exe', name: 'a program' }],
];

const PDF = { format: 'pdf', name: 'a PDF' };

/** Files that tell one kind of zip from another, the most telling first. */
const ZIP_KINDS: [RegExp, Sniffed][] = [
  [/^META-INF\/container\.xml$/, { format: 'epub', name: 'an e-book (EPUB)' }],
  [/^word\/document\d*\.xml$/, { format: 'docx', name: 'a Word document (.docx)' }],
  [/^ppt\/presentation\.xml$/, { format: 'pptx', name: 'a PowerPoint file (.pptx)' }],
  [/^xl\/workbook\.(?:xml|bin)$/, { format: 'xlsx', name: 'an Excel file (.xlsx)' }],
  [/^META-INF\/manifest\.xml$/, { format: 'odf', name: 'an OpenDocument file (.odt, .odp, .ods)' }],
  [new RegExp(`^(?:[^/]+/)?${MANIFEST}$`), { format: 'imscc', name: 'a course package' }],
];

const TEXT_BEGINNINGS: [RegExp, Sniffed][] = [
  [/^\{\\rtf/, { format: 'rtf', name: 'Rich Text (.rtf)' }],
  [/^\s*WEBVTT\b/, { format: 'vtt', name: 'subtitles (.vtt)' }],
  [/^\s*\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->/, { format: 'srt', name: 'subtitles (.srt)' }],
  [
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,500}?-->\s*)*(?:<!doctype html|<html)/i,
    { format: 'html', name: 'a web page (HTML)' },
  ],
  [/^\s*<\?xml|^\s*<(?:questestinterop|(?:qti-)?assessment)/i, { format: 'xml', name: 'XML' }],
];

/**
 * Says what a file really is by its content; `text` when it is some text.
 * @throws AppError `unreadable-resource` when it is empty, a damaged archive, or nothing that is known.
 */
export async function sniff(bytes: Buffer): Promise<Sniffed> {
  if (bytes.length === 0) throw new AppError('unreadable-resource', 'the file is empty (0 bytes)');
  const head = bytes.subarray(0, 1024).toString('latin1');
  if (head.startsWith('PK')) return sniffZip(bytes);
  if (head.startsWith('%PDF-')) return PDF;
  const text = textOfHead(bytes);
  if (text === undefined) {
    if (head.includes('%PDF-')) return PDF;
    const found = MAGIC.find(([at, beginning]) => head.startsWith(beginning, at));
    return found?.[2] ?? { format: 'unknown', name: 'binary data of an unknown kind' };
  }
  if (text.trim() === '' && bytes.length <= 4096) {
    throw new AppError('unreadable-resource', 'the file is empty (nothing but white space)');
  }
  return (
    TEXT_BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1] ?? { format: 'text', name: 'plain text' }
  );
}

async function sniffZip(bytes: Buffer): Promise<Sniffed> {
  const { names } = await readArchive(bytes);
  const found = ZIP_KINDS.find(([kind]) => names.some(name => kind.test(name)));
  return found?.[1] ?? { format: 'zip', name: 'a zip archive' };
}

/** The beginning as text; undefined when it has bytes that no text has. */
function textOfHead(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 4096);
  const mark = { fffe: 'utf-16le', feff: 'utf-16be' }[head.subarray(0, 2).toString('hex')];
  if (mark) return new TextDecoder(mark).decode(head);
  const binary = head.filter(
    byte => byte === 0 || (byte < 32 && ![8, 9, 10, 12, 13, 27].includes(byte)),
  ).length;
  return binary > head.length * 0.01
    ? undefined
    : new TextDecoder('utf-8').decode(head).replace(/^\uFEFF/, '');
}
