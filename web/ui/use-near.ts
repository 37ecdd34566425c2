import { type RefObject, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Some two screens: what is drawn when it comes so near is there before it is seen. */
const NEAR = '1600px';

/** Whether an element has ever come near the screen, or was to be printed; until then its content need not be drawn. */
export function useNear(element: RefObject<Element | null>, fromTheStart: boolean): boolean {
  const [near, setNear] = useState(fromTheStart);
  useEffect(() => {
    if (near || !element.current) return;
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: NEAR },
    );
    observer.observe(element.current);
    // Paper is drawn at once, after this.
    const print = () => flushSync(() => setNear(true));
    window.addEventListener('beforeprint', print);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', print);
    };
  }, [element, near]);
  return near;
}
