import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/types.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import styles from './source-notes.module.css';

/** The sources of a text on paper, where there is no margin to point at. */
export function SourceNotes({ citations }: { citations: Citation[] }) {
  const { t } = useTranslation();
  if (citations.length === 0) return null;
  return (
    <section className={styles.notes} data-print-only>
      <h3>{t('plan.sources')}</h3>
      <ol>
        {citations.map(({ n, title, heading, quote, language, withdrawn }) => (
          <li key={n} className={styles.note} value={n}>
            <span className={styles.number}>{n}</span>
            <span lang={language} dir="auto">
              {[title, ...heading].join(' › ')}: <RichText text={unmarked(quote)} inline />
              {withdrawn && <em> {t('source.withdrawn')}</em>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A quote is cut out of a text: the marks of a list or of bold type at its ends belong to what is left out. */
function unmarked(quote: string): string {
  return quote.replace(/^\s*[-*+•]\s+/, '').replaceAll('**', '');
}
