import { useCallback, useState } from 'react';
import { readStored, writeStored } from './stored.ts';

export const DRAFT_PREFIX = 'zhujiao.draft.';

/**
 * A value that survives reloads, closed tabs and ended sessions under `key` until it is cleared. What is stored but
 * no longer has the shape (`isValid`) counts as nothing.
 */
export function useDraft<T>(key: string, initial: T, isValid: (value: unknown) => value is T) {
  const name = DRAFT_PREFIX + key;
  const [state, setState] = useState(() => ({ name, value: readDraft(name, isValid) ?? initial }));
  // Another key means another draft: taken up while rendering, so that the old text never shows under the new key.
  if (state.name !== name) setState({ name, value: readDraft(name, isValid) ?? initial });

  const set = useCallback(
    (value: T) => {
      setState({ name, value });
      writeStored(name, JSON.stringify(value));
    },
    [name],
  );
  const clear = useCallback(() => {
    setState({ name, value: initial });
    writeStored(name, null);
  }, [name, initial]);
  return { draft: state.value, setDraft: set, clearDraft: clear };
}

function readDraft<T>(name: string, isValid: (value: unknown) => value is T): T | undefined {
  const stored = readStored(name);
  if (stored === null) return undefined;
  try {
    const value: unknown = JSON.parse(stored);
    return isValid(value) ? value : undefined;
  } catch {
    return undefined; // written by something else: no draft
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string';
