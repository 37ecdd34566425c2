import { useEffect } from 'react';
import { loadMarkupFor } from './rich-text.tsx';

/** Formulas and tables move everything below them when they are set: so long after their code is there. */
const SETTING_MS = 60;

/** Calls `show` once the `texts` stand where they will stay; again when either is another. */
export function useOnceSet(texts: string[], show: () => void): void {
  useEffect(() => {
    let current = true;
    void loadMarkupFor(texts).then(() =>
      setTimeout(() => {
        if (current) show();
      }, SETTING_MS),
    );
    return () => {
      current = false;
    };
  }, [texts, show]);
}
