import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import { AppError } from '../library/errors.ts';

/** After so many failures in a row an endpoint is left alone, and tried again every so often. */
const FAILURES_TO_BREAK = 3;
const BROKEN_MS = 10_000;

/**
 * Guards an endpoint that a search can do without: each call has a deadline, and while the endpoint is down calls fail at
 * once. Whether it is back is found out beside a call, not by making one wait. `name` is for messages.
 */
export function createSideCircuit(name: string, deadlineMs: number) {
  const circuit = circuitBreaker(handleAll, {
    halfOpenAfter: BROKEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK),
  });
  let isProbing = false;

  function probe(work: () => Promise<unknown>): void {
    if (isProbing) return;
    isProbing = true;
    circuit
      .execute(work)
      // Down still: the next calls find the circuit as it is.
      .catch(() => undefined)
      .finally(() => {
        isProbing = false;
      });
  }

  /** @throws whatever `work` throws; AppError `model-unavailable` when it is late or the circuit is open */
  return async function call<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const attempt = async () => {
      const signal = AbortSignal.timeout(deadlineMs);
      try {
        return await work(signal);
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new AppError('model-unavailable', `${name} did not answer within ${deadlineMs} ms.`);
      }
    };
    if (circuit.state === CircuitState.Closed) return circuit.execute(attempt);
    probe(attempt);
    throw new AppError('model-unavailable', `${name} failed several times in a row and is left alone.`);
  };
}
