import { pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError, messageOf } from '../../library/errors.ts';

/**
 * The body of an answer without its content encoding. It ends with an error when it has more than `limit` bytes
 * (counted here, where a small answer has become large), is cut off, or is not over when `signal` is aborted.
 */
export function inflated(
  source: Readable,
  encoding: string | undefined,
  limit: number,
  signal: AbortSignal,
): Readable {
  const decoders: Record<string, (() => Transform) | undefined> = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const named = (encoding ?? '').trim().toLowerCase();
  const decoder = decoders[named];
  if (!decoder && named !== '' && named !== 'identity') {
    throw new AppError('unreadable-resource', `its encoding "${named}" is not known`);
  }
  const counted = countTo(limit);
  const stop = () =>
    counted.destroy(new AppError('unreadable-resource', 'the server takes too long to send it'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const over = (error: Error | null | undefined) => {
    signal.removeEventListener('abort', stop);
    // Whoever reads `counted` gets the fault from there.
    if (error) source.destroy();
  };
  if (decoder) pipeline(source, decoder(), counted, over);
  else pipeline(source, counted, over);
  return counted;
}

function countTo(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
}

function tooLarge(bytes: number): AppError {
  const size = bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${bytes} bytes`;
  return new AppError('unreadable-resource', `it is larger than ${size}`);
}

/** All bytes of a body. @throws AppError `unreadable-resource` when it breaks off or has more than `limit`. */
export async function bytesOf(body: Readable, limit = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > limit) throw tooLarge(limit);
      parts.push(part);
    }
  } catch (error) {
    throw brokenOff(error);
  }
  return Buffer.concat(parts);
}

/** A fault of reading a body, in words. */
export function brokenOff(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = (error as { code?: string }).code ?? messageOf(error);
  return new AppError('unreadable-resource', `it breaks off (${code})`, {
    cause: error,
    details: { unreachable: true },
  });
}
