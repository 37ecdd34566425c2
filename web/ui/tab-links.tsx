import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import styles from './tab-links.module.css';

export interface Tab {
  text: string;
  href: string;
  /** The addresses that belong to it. */
  of: RegExp;
}

/** The places within an area, each an address of its own. */
export function TabLinks({ label, tabs }: { label: string; tabs: Tab[] }) {
  const [path] = useLocation();
  const bar = useRef<HTMLElement>(null);
  // On a phone they do not all fit.
  useEffect(() => {
    const current = path && bar.current?.querySelector('[aria-current]');
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path]);
  return (
    <nav ref={bar} className={styles.tabs} aria-label={label} data-screen-only>
      {tabs.map(({ text, href, of }) => (
        <Link key={href} href={href} className={styles.tab} aria-current={of.test(path) ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
