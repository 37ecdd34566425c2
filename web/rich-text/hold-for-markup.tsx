import { type ReactNode, Suspense, use } from 'react';
import { isOn } from '../modes/modes.ts';
import { loadMarkup } from './rich-text.tsx';

/** Longer nobody waits for formulas: on a slow line the text comes first and is set when it can be. */
const LONGEST_WAIT_MS = 1500;

let soon: Promise<unknown> | undefined;

function markupSoon(): Promise<unknown> {
  soon ??= Promise.race([loadMarkup(), new Promise(resolve => setTimeout(resolve, LONGEST_WAIT_MS))]);
  return soon;
}

/** Shows a text once it can be set as it should be, so that lines do not move under the reader's eyes or finger. */
export function HoldForMarkup({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <Held>{children}</Held>
    </Suspense>
  );
}

function Held({ children }: { children: ReactNode }) {
  // Where data is saved only a text that has formulas loads what sets them, once it is there.
  if (!isOn('sparing')) use(markupSoon());
  return children;
}
