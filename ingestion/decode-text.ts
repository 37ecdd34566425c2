import { AppError } from '../library/errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a line of a manifest, which is UTF-8 (with or without BOM).
 * @throws AppError `unreadable-resource` when it is not.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new AppError('unreadable-resource', 'not valid UTF-8; save it as UTF-8', { cause });
  }
}

/**
 * The text of a file: UTF-8, UTF-16 with a BOM, or GB 18030, in which many Chinese text files are still written.
 * @throws AppError `unreadable-resource` when it is none of them.
 */
export function decodeFile(bytes: Uint8Array): string {
  const byOrderMark = { fffe: 'utf-16le', feff: 'utf-16be' }[
    Buffer.from(bytes.subarray(0, 2)).toString('hex')
  ];
  for (const encoding of [byOrderMark ?? 'utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding: the next one is tried, and the error below says that none fitted.
    }
  }
  throw new AppError('unreadable-resource', 'neither UTF-8 nor GB 18030 text; save it as UTF-8');
}
