import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What the place is for, and one real example that works. */
export function EmptyState({ children }: { children: ReactNode }) {
  return <div className={styles.empty}>{children}</div>;
}
