import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface Props {
  /** `warm` needs somebody; `plain` only informs. */
  tone?: 'plain' | 'warm';
  title?: string | undefined;
  role?: 'alert' | 'status' | 'note';
  children?: ReactNode;
}

export function Notice({ tone = 'plain', title, role, children }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      {title && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
