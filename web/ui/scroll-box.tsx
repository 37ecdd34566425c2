import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './scroll-box.module.css';

interface Props {
  /** `span` where only phrasing content may stand. */
  as?: 'div' | 'span';
  className?: string | undefined;
  children: ReactNode;
}

/** Scrolls sideways what is too wide, and can then be reached with the keyboard; what fits is no stop on the way. */
export function ScrollBox({ as: Tag = 'div', className, children }: Props) {
  const box = useRef<HTMLDivElement & HTMLSpanElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWide(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    // A formula grows inside its line when its fonts come, which no box around it shows.
    document.fonts.addEventListener('loadingdone', measure);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', measure);
    };
  }, []);
  return (
    <Tag
      ref={box}
      className={[styles.box, className].filter(Boolean).join(' ')}
      tabIndex={wide ? 0 : undefined}
    >
      {children}
    </Tag>
  );
}
