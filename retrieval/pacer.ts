import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work in one go, in ms. Half of the 8 ms that a request may have to wait for the event loop. */
const SLICE_MS = 4;

/** Lets long work breathe: `if (pacer.due()) await pacer.pause()` in its loops. */
export interface Pacer {
  due(): boolean;
  pause(): Promise<void>;
}

export function createPacer(sliceMs = SLICE_MS): Pacer {
  let since = performance.now();
  return {
    due: () => performance.now() - since >= sliceMs,
    async pause() {
      await setImmediate();
      since = performance.now();
    },
  };
}
