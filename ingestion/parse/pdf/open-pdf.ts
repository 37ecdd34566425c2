import { constants, inflateSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';
import { AppError, messageOf } from '../../../library/errors.ts';
import { CjkMaps } from './cjk-maps.ts';

export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Longer ones are collections of books; a reader of answers would not find its way in them either. */
const MOST_PAGES = 2_000;

/** What one packed stream may unpack to. Text of a page has some 100 KB, fonts some MB; images are never unpacked. */
const MOST_BYTES_PER_STREAM = 64 << 20;

// pdf.js moves its buffers by a method that Node has from version 22 on; a copy serves as well.
const buffers = ArrayBuffer.prototype as { transferToFixedLength?: (length?: number) => ArrayBuffer };
buffers.transferToFixedLength ??= function (this: ArrayBuffer, length = this.byteLength) {
  return this.slice(0, length);
};

/**
 * Opens a PDF for reading its text: nothing of it runs, no image is unpacked, nothing is fetched.
 * @throws AppError `unreadable-resource` when it is damaged, encrypted, too long or made to do harm.
 */
export async function openPdf(bytes: Buffer): Promise<PdfDocument> {
  refuseBombs(bytes);
  const pdf = await getDocumentProxy(new Uint8Array(bytes), {
    verbosity: 0,
    maxImageSize: 1,
    disableFontFace: true,
    fontExtraProperties: true,
    useWasm: false,
    useWorkerFetch: false,
    cMapPacked: false,
    cMapUrl: 'made:/',
    BinaryDataFactory: CjkMaps,
  }).catch((cause: unknown) => {
    throw refusal(cause);
  });
  if (pdf.numPages > MOST_PAGES) {
    await closePdf(pdf);
    throw unreadable(`it has ${pdf.numPages} pages, more than ${MOST_PAGES}; split it into parts`);
  }
  return pdf;
}

export async function closePdf(pdf: PdfDocument): Promise<void> {
  await pdf.loadingTask.destroy();
}

function refusal(cause: unknown): AppError {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'PasswordException') {
    return unreadable('it is protected by a password; save it without one', cause);
  }
  if (/encrypt/i.test(messageOf(cause))) {
    return unreadable('it is encrypted in a way that cannot be read; save it without protection', cause);
  }
  return unreadable('it is damaged or no PDF; export it anew', cause);
}

/** Streams are tried before the reader sees them, because it holds what a stream unpacks to as one piece. */
function refuseBombs(bytes: Buffer): void {
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    let start = at + 6;
    if (bytes[start] === 13) start++;
    if (bytes[start] === 10) start++;
    // The first byte of every zlib stream that a PDF may have; what is packed otherwise packs far less.
    if ((bytes[start]! & 0x0f) !== 8 || isImage(bytes, at)) continue;
    const end = bytes.indexOf('endstream', start);
    const packed = bytes.subarray(start, end < 0 ? bytes.length : end);
    // What cannot grow beyond the limit by deflate's highest ratio needs no trial.
    if (packed.length * 1_032 > MOST_BYTES_PER_STREAM) tryStream(packed);
    if (end > 0) at = end;
  }
}

function tryStream(packed: Buffer): void {
  try {
    inflateSync(packed, { maxOutputLength: MOST_BYTES_PER_STREAM, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    // Damage is for the reader to judge: it mends much.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return;
    throw unreadable(
      `a stream in it unpacks to more than ${MOST_BYTES_PER_STREAM >> 20} MB; export it anew`,
      error,
    );
  }
}

function isImage(bytes: Buffer, stream: number): boolean {
  const before = bytes.subarray(Math.max(0, stream - 400), stream).toString('latin1');
  return /\/Subtype\s*\/Image/.test(before.slice(before.lastIndexOf(' obj') + 1));
}

export function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError('unreadable-resource', `PDF: ${reason}`, { cause });
}
