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
 * The text of a file: UTF-8, UTF-16 with a BOM, or GB 18030 or Big5, in which many Chinese text files are still written.
 * @throws AppError `unreadable-resource` when it is none of them.
 */
export function decodeFile(bytes: Uint8Array): string {
  const byOrderMark = { fffe: 'utf-16le', feff: 'utf-16be' }[
    Buffer.from(bytes.subarray(0, 2)).toString('hex')
  ];
  const chinese = looksLikeBig5(bytes) ? ['big5', 'gb18030'] : ['gb18030', 'big5'];
  for (const encoding of [byOrderMark ?? 'utf-8', ...chinese]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding: the next one is tried, and the error below says that none fitted.
    }
  }
  throw new AppError('unreadable-resource', 'neither UTF-8, GB 18030 nor Big5 text; save it as UTF-8');
}

/**
 * The text of a page: as a file, where its server names no other encoding.
 * @throws AppError `unreadable-resource` when it is none of them.
 */
export function decodePage(bytes: Uint8Array, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Servers name encodings at random; the bytes themselves are asked.
    return decodeFile(bytes);
  }
}

/**
 * Most bytes of one encoding are valid in the other, as rare characters. The second byte of common characters is above
 * 0xA0 in GB 18030, in Big5 it is below 0x7F for four of ten.
 */
function looksLikeBig5(bytes: Uint8Array): boolean {
  let pairs = 0;
  let low = 0;
  for (let i = 0; i + 1 < bytes.length && pairs < 5000; i++) {
    const [lead, trail] = [bytes[i]!, bytes[i + 1]!];
    if (lead < 0x80) continue;
    // Big5 has nothing there, GB 18030 characters that are traditional or rare.
    if (lead < 0xa1 || lead > 0xf9) return false;
    pairs++;
    if (trail < 0x7f) low++;
    i++;
  }
  return low > pairs * 0.05;
}
