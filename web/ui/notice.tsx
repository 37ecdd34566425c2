import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './notice.module.css';

interface Props {
  /** `warm` needs somebody; `plain` only informs. */
  tone?: 'plain' | 'warm';
  title?: string | undefined;
  role?: 'alert' | 'status' | 'note';
  children?: ReactNode;
}

/** Words of the UI, in its direction even where they stand in a text that runs the other way. */
export function Notice({ tone = 'plain', title, role, children }: Props) {
  const { i18n } = useTranslation();
  return (
    <div className={styles.notice} data-tone={tone} role={role} lang={i18n.language} dir={i18n.dir()}>
      {title && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
