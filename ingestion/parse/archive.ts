import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, validateFileName, type ZipFile } from 'yauzl';
import { AppError, messageOf } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';

/** Course packages have some thousand files; more only keeps the machine busy. */
const MOST_ENTRIES = 10_000;

/** Bytes that one archive may unpack to in all; files that nobody reads don't count. */
const MOST_BYTES = 200 << 20;

/** Bytes that one file in it may unpack to where the reader names no lower limit. */
const MOST_BYTES_PER_FILE = 100 << 20;

/** Office files stay under 50:1. Small ones may exceed it: blank pages and empty tables pack well. */
const HIGHEST_RATIO = 100;
const RATIO_MATTERS_FROM = 8 << 20;

const SYMBOLIC_LINK = 0o120000;

/** A zip archive in memory. Nothing is unpacked before it is read. */
export interface Archive {
  /** The files (folders are left out), in the order of the archive, `/` between names. */
  names: string[];
  has(name: string): boolean;
  /**
   * The bytes of a file.
   * @throws AppError `unreadable-resource` when it is missing, damaged, or unpacks to more than `most` bytes.
   */
  read(name: string, most?: number): Promise<Buffer>;
}

/**
 * Opens a zip archive. Sizes are counted while unpacking, whatever the headers say.
 * @throws AppError `unreadable-resource` when it is none, is encrypted, or was made to do harm: names that lead out of
 * the archive, links, overlapping files, too many entries.
 */
export async function readArchive(bytes: Buffer): Promise<Archive> {
  const zip = await fromBufferPromise(bytes, { decodeStrings: false }).catch(refuseDamaged);
  const entries = await readEntries(zip).catch(refuseDamaged);
  refuseOverlaps([...entries.values()], bytes);
  let left = MOST_BYTES;
  return {
    names: [...entries.keys()],
    has: name => entries.has(name),
    async read(name, most = MOST_BYTES_PER_FILE) {
      const entry = entries.get(name);
      if (!entry) throw unreadable(`the archive has no file "${name}"`);
      const { compressedSize, uncompressedSize: size } = entry;
      if (size > most) throw unreadable(`"${name}" unpacks to more than ${most >> 20} MB`);
      if (size > RATIO_MATTERS_FROM && size > compressedSize * HIGHEST_RATIO) {
        throw unreadable(`"${name}" unpacks to more than ${HIGHEST_RATIO} times its size`);
      }
      left -= size;
      if (left < 0) throw unreadable(`the archive unpacks to more than ${MOST_BYTES >> 20} MB`);
      return unpack(zip, entry, name).catch(refuseDamaged);
    },
  };
}

async function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw unreadable(`the archive has more than ${MOST_ENTRIES} entries`);
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry);
    const fault = validateFileName(name);
    if (fault !== null)
      throw unreadable(`the archive has a name that leads out of it (${fault.slice(0, 200)})`);
    if (isSymbolicLink(entry)) throw unreadable(`"${name}" in the archive is a link; pack the file itself`);
    if (entry.isEncrypted()) throw encrypted(name);
    if (name.endsWith('/')) continue;
    if (entries.has(name)) throw unreadable(`the archive has two files of the name "${name}"`);
    entries.set(name, entry);
  }
  return entries;
}

/** A size that the headers understate ends in an error of yauzl, one that they overstate in ours. */
async function unpack(zip: ZipFile, entry: Entry, name: string): Promise<Buffer> {
  if (!entry.canDecodeFileData()) {
    throw unreadable(
      `"${name}" is packed in a way that cannot be read; pack the archive anew as ordinary .zip`,
    );
  }
  const bytes = Buffer.alloc(entry.uncompressedSize);
  let length = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    length += (chunk as Buffer).copy(bytes, length);
  }
  if (length !== bytes.length || crc32(bytes) !== entry.crc32)
    throw unreadable(`"${name}" is damaged; pack the archive anew`);
  return bytes;
}

/** UTF-8 mostly, whether it says so or not; GB 18030 from Chinese Windows. */
function nameOf(entry: Entry): string {
  const raw = unicodeNameOf(entry) ?? entry.fileNameRaw;
  const name = cleanText(new TextDecoder(isUtf8(raw) ? 'utf-8' : 'gb18030').decode(raw));
  return name.replaceAll('\\', '/').replaceAll('\n', ' ');
}

function isUtf8(raw: Buffer): boolean {
  return !raw.toString('utf8').includes('\uFFFD');
}

/** The name in Info-ZIP's extra field, unless the entry was renamed after it was written. */
function unicodeNameOf(entry: Entry): Buffer | undefined {
  const field = entry.extraFields.find(({ id, data }) => id === 0x7075 && data.length > 5 && data[0] === 1);
  return field?.data.readUInt32LE(1) === crc32(entry.fileNameRaw) ? field.data.subarray(5) : undefined;
}

function isSymbolicLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const isUnix = versionMadeBy >> 8 === 3;
  return isUnix && ((externalFileAttributes >>> 16) & 0o170000) === SYMBOLIC_LINK;
}

/** Files that share packed bytes let a small archive unpack to a huge one. */
function refuseOverlaps(entries: Entry[], bytes: Buffer): void {
  let end = 0;
  for (const entry of entries.toSorted(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  )) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) throw unreadable('files in the archive overlap; pack it anew');
    if (start + 30 > bytes.length) throw cutOff();
    const namesLength = bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    end = start + 30 + namesLength + entry.compressedSize;
  }
  if (end > bytes.length) throw cutOff();
}

function refuseDamaged(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  const message = messageOf(cause);
  if (message.includes('encryption')) throw encrypted();
  if (message.includes('End of central directory')) throw cutOff(cause);
  throw unreadable(`the archive is damaged (${message.slice(0, 200)}); pack it anew`, cause);
}

function encrypted(name?: string): AppError {
  const what = name === undefined ? 'the archive' : `"${name}" in the archive`;
  return unreadable(`${what} is protected by a password; save it without one`);
}

function cutOff(cause?: unknown): AppError {
  return unreadable('not a complete zip archive; the file was cut off or is of another kind', cause);
}

function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError('unreadable-resource', reason, { cause });
}
