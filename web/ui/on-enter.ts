import type { KeyboardEvent } from 'react';

/** Calls `submit` on Enter in a field of several lines; with Shift Enter begins a line, while composing it chooses words. */
export function onEnter(submit: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return event => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    submit(event);
  };
}
