import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/types.ts';
import styles from './cite-number.module.css';
import { usePointed } from './pointed.ts';

/** The small number after a supported sentence. */
export function CiteNumber({ n, citation }: { n: number; citation: Citation | undefined }) {
  const { t } = useTranslation();
  const pointed = usePointed();
  const name = citation?.withdrawn ? 'source.numberWithdrawn' : 'source.numberOf';
  const label = citation ? t(name, { n, title: citation.title }) : t('source.number', { n });
  return (
    <button
      type="button"
      className={styles.number}
      data-lit={pointed.n === n || undefined}
      data-withdrawn={citation?.withdrawn || undefined}
      aria-label={label}
      onMouseEnter={() => pointed.point(n)}
      onMouseLeave={() => pointed.point(null)}
      onFocus={() => pointed.point(n)}
      onBlur={() => pointed.point(null)}
      onClick={() => pointed.open(n)}
    >
      {n}
    </button>
  );
}
