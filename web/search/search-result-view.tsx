import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SearchResult } from '../api/types.ts';
import { AddToCollection } from '../collections/add-to-collection.tsx';
import { RichText } from '../rich-text/rich-text.tsx';
import { placeOf } from '../sources/place.ts';
import { ResourceMeta } from '../ui/resource-meta.tsx';
import styles from './search-result-view.module.css';

/** More passages than these are read on the resource's own page. */
const SHOWN_PASSAGES = 2;

interface Props {
  result: SearchResult;
  /** Whether its text stands beside the list. */
  shown: boolean;
  /** Shows its text beside the list; undefined where there is no room. */
  onShow: (() => void) | undefined;
}

/** A resource that was found, why, and the passages that say so. */
export function SearchResultView({ result, shown, onShow }: Props) {
  const { t } = useTranslation();
  const { resourceId, title, language, reason, passages } = result;
  const showBeside = (event: MouseEvent) => {
    // Enter has no clicks to count, and opens the page; so do the keys that open a new tab.
    if (!onShow || event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onShow();
  };
  return (
    <li className={styles.result} data-shown={shown || undefined}>
      <h2 className={styles.title} lang={language} dir="auto">
        <Link
          href={placeOf({ resourceId })}
          data-title
          aria-current={shown ? 'true' : undefined}
          onClick={showBeside}
          onFocus={onShow}
        >
          {title}
        </Link>
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
      <div className={styles.actions}>
        <AddToCollection resource={result} />
      </div>
    </li>
  );
}
