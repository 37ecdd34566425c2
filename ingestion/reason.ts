import { AppError } from '../library/errors.ts';

/**
 * The reason that people are told when something cannot be read. What a library or the system says of it is no help to
 * them, and names what is inside of ours; it belongs into the log.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code } = Object(error) as { code?: unknown };
  if (code === 'ENOENT') return 'the file is not where it was; bring it again';
  if (code === 'EACCES' || code === 'EPERM') return 'the server may not read the file; allow it to';
  if (error instanceof RangeError) return 'the file is too large or nested too deeply to be read; divide it';
  return 'the file is damaged or of an unusual make; save it anew with another program';
}

/** What the log needs to know of `error` beyond its reason, if there is anything. */
export function causeOf(error: unknown): Error | undefined {
  const cause = error instanceof AppError ? error.cause : error;
  return cause === undefined || cause instanceof Error ? cause : new Error(String(cause));
}
