/** What can go wrong, in terms of the domain; `server/errors.ts` maps each code to a status. */
export type ErrorCode =
  | 'invalid-input'
  | 'unreadable-resource'
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'not-possible'
  | 'rate-limited'
  | 'model-unavailable'
  | 'model-misbehaved'
  | 'library-busy'
  | 'stopped';

/** The one error class. `message` says what happened, to which thing, and what to do about it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
  }
}

/** The message of anything that was thrown, for a log line or a stored reason. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
