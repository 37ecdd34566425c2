import type { ReactNode } from 'react';
import styles from './rich-text.module.css';

/** A link that says where it leads; anything but http(s) is only its text. */
export function ExternalLink({ href, children }: { href?: string | undefined; children: ReactNode }) {
  const url = href && URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return <span>{children}</span>;
  return (
    <>
      <a href={url.href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>{' '}
      <small className={styles.host} dir="ltr">
        ({url.host})
      </small>
    </>
  );
}
