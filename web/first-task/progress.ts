import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../ui/stored.ts';

/** How far somebody has come with their first task; kept in this browser for each account. */
export interface Progress {
  opened: boolean;
  /** Names of the steps that are done. */
  done: readonly string[];
  /** The address of the answer that was looked at last. */
  answer: string | null;
}

const BEGINNING: Progress = { opened: true, done: [], answer: null };
const listeners = new Set<() => void>();
/** What holds on this page, also where the browser remembers nothing. */
const known = new Map<string, Progress>();

const keyOf = (accountId: string) => `zhujiao.first-task.${accountId}`;

function isProgress(value: unknown): value is Progress {
  const { opened, done, answer } = (value ?? {}) as Partial<Progress>;
  return (
    typeof opened === 'boolean' &&
    Array.isArray(done) &&
    (answer === null || (typeof answer === 'string' && answer.startsWith('/ask/')))
  );
}

function readProgress(accountId: string): Progress {
  let progress = known.get(accountId);
  if (!progress) {
    progress = parse(readStored(keyOf(accountId))) ?? BEGINNING;
    known.set(accountId, progress);
  }
  return progress;
}

function parse(stored: string | null): Progress | undefined {
  if (stored === null) return undefined;
  try {
    const value: unknown = JSON.parse(stored);
    return isProgress(value) ? value : undefined;
  } catch {
    return undefined; // written by something else: the guide begins anew
  }
}

function change(accountId: string, by: Partial<Progress>): void {
  const progress = { ...readProgress(accountId), ...by };
  known.set(accountId, progress);
  writeStored(keyOf(accountId), JSON.stringify(progress));
  for (const listener of listeners) listener();
}

export function tick(accountId: string, step: string): void {
  const { done } = readProgress(accountId);
  if (!done.includes(step)) change(accountId, { done: [...done, step] });
}

export function noteAnswer(accountId: string, answer: string): void {
  if (readProgress(accountId).answer !== answer) change(accountId, { answer });
}

/** Puts the guide away; it is found again in the account menu. */
export const leaveFirstTask = (accountId: string) => change(accountId, { opened: false });

/** Opens the guide at its beginning. */
export const restartFirstTask = (accountId: string) => change(accountId, BEGINNING);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useProgress(accountId: string): Progress {
  return useSyncExternalStore(subscribe, () => readProgress(accountId));
}
