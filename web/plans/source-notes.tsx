import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/types.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import styles from './source-notes.module.css';

/** The sources of a plan on paper, where there is no margin to point at. */
export function SourceNotes({ citations }: { citations: Citation[] }) {
  const { t } = useTranslation();
  if (citations.length === 0) return null;
  return (
    <section className={styles.notes}>
      <h2>{t('plan.sources')}</h2>
      <ul>
        {citations.map(({ n, title, heading, quote, language, withdrawn }) => (
          <li key={n} lang={language} dir="auto">
            <b>{n}</b> {[title, ...heading].join(' › ')}: <RichText text={quote} inline />
            {withdrawn && <em> {t('source.withdrawn')}</em>}
          </li>
        ))}
      </ul>
    </section>
  );
}
