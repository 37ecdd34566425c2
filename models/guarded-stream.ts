import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  wrap,
} from 'cockatiel';
import { AppError } from '../library/errors.ts';
import { isPassing } from './model-errors.ts';

/** The one place that retries: two attempts in all, so that an outage does not double into a storm. */
const RETRIES = 1;
const BACKOFF = { initialDelay: 250, maxDelay: 1_000 };
/** After so many failures in a row an endpoint is left alone, then tried with a single request. */
const FAILURES_TO_BREAK = 5;
const BROKEN_MS = 15_000;

/** Retry and circuit breaker of one endpoint; shared by all its requests. */
export function createGuard(): IPolicy {
  return wrap(
    retry(
      handleWhen(error => isPassing(error)),
      { maxAttempts: RETRIES, backoff: new ExponentialBackoff(BACKOFF) },
    ),
    circuitBreaker(
      handleWhen(error => isPassing(error)),
      { halfOpenAfter: BROKEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK) },
    ),
  );
}

export interface StreamLimits {
  guard: IPolicy;
  /** Longest silence before the first and between two pieces, in milliseconds. */
  idleMs: number;
  /** The caller's. */
  signal: AbortSignal | undefined;
}

/**
 * The pieces of the stream that `open` starts. Until the first piece is there a passing failure is retried; after it
 * nothing is, since the beginning has been shown. Silence and the caller's signal abort the request behind the stream.
 * @throws AppError `model-unavailable` after too long a silence; what `open` throws otherwise.
 */
export async function* guardedStream<Piece>(
  open: (signal: AbortSignal) => AsyncIterable<Piece>,
  limits: StreamLimits,
): AsyncGenerator<Piece> {
  const { attempt, first } = await limits.guard.execute(async () => {
    const started = startAttempt(open, limits);
    try {
      return { attempt: started, first: await started.next() };
    } catch (error) {
      started.end();
      throw error;
    }
  });
  try {
    for (let piece = first; !piece.done; piece = await attempt.next()) yield piece.value;
  } finally {
    attempt.end();
  }
}

function startAttempt<Piece>(open: (signal: AbortSignal) => AsyncIterable<Piece>, limits: StreamLimits) {
  const own = new AbortController();
  const signal = limits.signal ? AbortSignal.any([limits.signal, own.signal]) : own.signal;
  const iterator = open(signal)[Symbol.asyncIterator]();
  return {
    async next(): Promise<IteratorResult<Piece>> {
      // Only while waiting: what the reader does between two pieces is not the model's silence.
      const timer = setTimeout(() => own.abort(silenceOf(limits.idleMs)), limits.idleMs);
      try {
        const piece = await iterator.next();
        // Clients end an aborted stream quietly, as if it were complete.
        if (piece.done && own.signal.aborted) throw own.signal.reason;
        return piece;
      } catch (error) {
        throw own.signal.aborted && !limits.signal?.aborted ? own.signal.reason : error;
      } finally {
        clearTimeout(timer);
      }
    },
    end(): void {
      own.abort();
    },
  };
}

function silenceOf(idleMs: number): AppError {
  const message = `The model sent nothing for ${Math.round(idleMs / 1000)} s. Ask again, or choose a faster one.`;
  return new AppError('model-unavailable', message, { details: { passing: true } });
}
