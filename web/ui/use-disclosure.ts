import { useEffect, useId, useRef, useState } from 'react';

/** A panel that a button opens; Esc, a press elsewhere and the focus going elsewhere close it. */
export function useDisclosure() {
  const menu = useRef<HTMLDivElement>(null);
  const panelId = useId();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!opened) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpened(false);
      menu.current?.querySelector('button')?.focus();
    };
    const onElsewhere = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) setOpened(false);
    };
    window.addEventListener('keydown', onKey);
    for (const kind of ['pointerdown', 'focusin']) window.addEventListener(kind, onElsewhere);
    return () => {
      window.removeEventListener('keydown', onKey);
      for (const kind of ['pointerdown', 'focusin']) window.removeEventListener(kind, onElsewhere);
    };
  }, [opened]);
  return { menu, opened, toggle: () => setOpened(!opened), panelId };
}
