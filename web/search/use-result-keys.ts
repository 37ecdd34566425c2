import { type RefObject, useEffect } from 'react';
import { isTyping, SEARCH_FIELD, singleKeysOff } from '../shell/shortcuts.tsx';

interface Targets {
  list: RefObject<HTMLElement | null>;
  /** The text beside the list; null while there is none. */
  preview: RefObject<HTMLElement | null>;
  /** Told by Esc. */
  onClose: () => void;
}

const STEPS: Record<string, 1 | -1> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/**
 * Arrows and j/k walk through the titles of the results: what has the focus is what is shown beside the list, and Enter
 * follows it as it follows every link. The right arrow goes over to the text, Esc comes back from it and closes it.
 */
export function useResultKeys({ list, preview, onClose }: Targets): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (!(target instanceof HTMLElement) || !list.current || isForOthers(event, target)) return;
      const step = STEPS[key];
      if (step !== undefined && mayWalk(list.current, target, key)) {
        if (walk(list.current, target, step)) event.preventDefault();
      } else if (key === 'ArrowRight' && list.current.contains(target)) {
        preview.current?.focus();
      } else if (key === 'Escape' && !isTyping(target)) {
        onClose();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [list, preview, onClose]);
}

function isForOthers(event: KeyboardEvent, target: HTMLElement): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
  return ctrlKey || metaKey || altKey || shiftKey || isComposing || target.closest('[role=dialog]') !== null;
}

/** Letters work from anywhere; arrows belong to what has the focus, except from the search field down to its results. */
function mayWalk(list: HTMLElement, target: HTMLElement, key: string): boolean {
  if (key === 'j' || key === 'k') return !isTyping(target) && !singleKeysOff();
  return list.contains(target) || (target.id === SEARCH_FIELD && key === 'ArrowDown');
}

/** Goes on from the result with the focus, or else from the one that is shown; returns whether there was a next. */
function walk(list: HTMLElement, target: HTMLElement, step: 1 | -1): boolean {
  const titles = [...list.querySelectorAll<HTMLElement>('[data-title]')];
  const focused = titles.findIndex(title => title.closest('li')?.contains(target));
  const shown = titles.findIndex(title => title.hasAttribute('aria-current'));
  const next = titles[focused === -1 ? Math.max(0, shown + step) : focused + step];
  next?.focus();
  next?.closest('li')?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
