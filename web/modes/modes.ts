import { useSyncExternalStore } from 'react';
import { writeStored } from '../ui/stored.ts';

/** Ways to lay everything out: `elder` large and simple, `sparing` for slow or costly lines. They go together. */
export type Mode = 'elder' | 'sparing';

const listeners = new Set<() => void>();

/**
 * The document says which modes are on: style sheets need it there, `boot.js` sets it before the first paint, and it
 * holds where the browser remembers nothing.
 */
export function isOn(mode: Mode): boolean {
  return document.documentElement.hasAttribute(`data-${mode}`);
}

/** Switches a mode for this browser, now and at the next visit. */
export function setMode(mode: Mode, on: boolean): void {
  document.documentElement.toggleAttribute(`data-${mode}`, on);
  writeStored(`zhujiao.${mode}`, on ? 'yes' : null);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useMode(mode: Mode): boolean {
  return useSyncExternalStore(subscribe, () => isOn(mode));
}
