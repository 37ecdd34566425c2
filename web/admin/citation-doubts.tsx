import { useTranslation } from 'react-i18next';
import type { Citation, CitationDoubt } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import styles from './citation-doubts.module.css';

interface Props {
  doubts: CitationDoubt[];
  citations: Citation[];
}

/** Which sources of an answer readers hold not to carry their sentence, and why; nothing while nobody does. */
export function CitationDoubts({ doubts, citations }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (doubts.length === 0) return null;
  return (
    <section className={styles.doubts}>
      <h2>{t('admin.doubts.title', { count: doubts.length })}</h2>
      <ul>
        {doubts.map(({ n, reason, comment, account, createdAt }) => (
          <li key={`${n} ${account} ${createdAt}`} className={styles.doubt}>
            <p>
              <span className={styles.number}>{n}</span>
              <cite className={styles.source}>{citations.find(citation => citation.n === n)?.title}</cite>
              {reason && <span> · {t(`source.reason.${reason}`)}</span>}
            </p>
            {comment && <p lang={textLanguage(comment)}>{comment}</p>}
            <p className={styles.who}>
              {account} · <time dateTime={createdAt}>{format.dateTime(createdAt)}</time>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
