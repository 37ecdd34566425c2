import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SearchResult } from '../api/types.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { placeOf } from '../sources/place.ts';
import { ResourceMeta } from '../ui/resource-meta.tsx';
import styles from './search-result-view.module.css';

/** More passages than these are read on the resource's own page. */
const SHOWN_PASSAGES = 2;

/** A resource that was found, why, and the passages that say so. */
export function SearchResultView({ result }: { result: SearchResult }) {
  const { t } = useTranslation();
  const { resourceId, title, language, reason, passages } = result;
  return (
    <li className={styles.result}>
      <h2 className={styles.title} lang={language} dir="auto">
        <Link href={placeOf({ resourceId })}>{title}</Link>
      </h2>
      <ResourceMeta resource={result} />
      <p className={styles.reason} dir="auto">
        {reason}
      </p>
      {passages.slice(0, SHOWN_PASSAGES).map(passage => (
        <div key={passage.passageId} className={styles.passage} lang={language} dir="auto">
          <Link
            className={styles.place}
            dir="auto"
            href={placeOf({ resourceId, passageId: passage.passageId })}
            aria-label={t('search.openPassage', { place: passage.heading.join(' › ') || title })}
          >
            {passage.heading.join(' › ') || t('search.passage')}
          </Link>
          <div className={styles.excerpt}>
            <RichText text={passage.text} />
          </div>
        </div>
      ))}
    </li>
  );
}
