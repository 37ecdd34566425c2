import { setImmediate, setTimeout } from 'node:timers/promises';

/** Longest stretch of work in one go, in ms. Half of the 8 ms that a request may have to wait for the event loop. */
const SLICE_MS = 4;

/** Lets long work breathe: `if (pacer.due()) await pacer.pause()` in its loops. */
export interface Pacer {
  due(): boolean;
  pause(): Promise<void>;
}

/** A pause ends after so many ms even if requests come without end: background work slows down, but never stops. */
const LONGEST_PAUSE_MS = 50;

/**
 * While `isBusy` says that a request waits for its answer, a pause lasts until it has it: a search takes some ten turns
 * of the event loop, and each would otherwise wait for a slice of every worker in the process.
 */
export function createPacer(sliceMs = SLICE_MS, isBusy: () => boolean = () => false): Pacer {
  let since = performance.now();
  return {
    due: () => performance.now() - since >= sliceMs,
    async pause() {
      await setImmediate();
      for (let waited = 0; isBusy() && waited < LONGEST_PAUSE_MS; waited++) await setTimeout(1);
      since = performance.now();
    },
  };
}
