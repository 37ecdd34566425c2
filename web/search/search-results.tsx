import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchResults } from '../api/search.ts';
import type { SearchReply } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { useMode } from '../modes/modes.ts';
import { QueryView } from '../ui/query-view.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { FacetSheet } from './facet-sheet.tsx';
import { FilterChips } from './filter-chips.tsx';
import { type Filters, requestOf } from './filters.ts';
import { NothingFound } from './nothing-found.tsx';
import { ResultPreview } from './result-preview.tsx';
import { SearchResultView } from './search-result-view.tsx';
import styles from './search-results.module.css';
import { useResultKeys } from './use-result-keys.ts';

const PAGE = 20;
/** In elder mode and where data is saved. */
const SHORT_PAGE = 5;

interface Props {
  query: string;
  filters: Filters;
  onChange: (change: Filters) => void;
}

/** What a search found: what it can be narrowed by, the results, and on wide screens the text of one of them. */
export function SearchResults({ query, filters, onChange }: Props) {
  const { t } = useTranslation();
  const elder = useMode('elder');
  const sparing = useMode('sparing');
  const limit = elder || sparing ? SHORT_PAGE : PAGE;
  const search = useSearchResults({ ...requestOf(query, filters), limit, facets: !elder });
  return (
    <QueryView query={search}>
      {reply => (
        <>
          <Found reply={reply} busy={search.isPlaceholderData} filters={filters} onChange={onChange} />
          {search.hasNextPage && (
            <p className={styles.more}>
              <Button loading={search.isFetchingNextPage} onClick={() => void search.fetchNextPage()}>
                {t('search.moreResults')}
              </Button>
            </p>
          )}
        </>
      )}
    </QueryView>
  );
}

interface FoundProps extends Omit<Props, 'query'> {
  reply: SearchReply;
  busy: boolean;
}

function Found({ reply, busy, filters, onChange }: FoundProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const hasMargin = useMediaQuery('(min-width: 56em)', undefined, { getInitialValueInEffect: false });
  const isWide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const elder = useMode('elder');
  const hasPreview = isWide && !elder;
  const [shownId, setShownId] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const preview = useRef<HTMLElement>(null);
  const close = useCallback(() => {
    // The focus would be lost with what is closed. It shows its result, so the order matters.
    const isWithin = preview.current?.contains(document.activeElement);
    if (isWithin) list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
    setShownId(null);
  }, []);
  useResultKeys({ list, preview, onClose: close });
  const { results, facets, tookMs } = reply;
  const shown = hasPreview ? results.find(({ resourceId }) => resourceId === shownId) : undefined;
  const ms = format.number(Math.max(1, Math.round(tookMs)));
  return (
    <div className={styles.found}>
      {hasMargin && facets && (
        <aside className={styles.margin} aria-label={t('search.filter')}>
          <FacetPanel facets={facets} filters={filters} onChange={onChange} />
        </aside>
      )}
      <section className={styles.list} aria-busy={busy} aria-label={t('search.results')}>
        <div className={styles.bar}>
          <p className={styles.count} role="status">
            {t('search.found', { count: results.length, ms })}
          </p>
          {!hasMargin && facets && <FacetSheet facets={facets} filters={filters} onChange={onChange} />}
          <FilterChips filters={filters} onChange={onChange} />
        </div>
        {results.length === 0 && <NothingFound facets={facets} filters={filters} onChange={onChange} />}
        <ol ref={list}>
          {results.map(result => (
            <SearchResultView
              key={result.resourceId}
              result={result}
              shown={result === shown}
              onShow={hasPreview ? () => setShownId(result.resourceId) : undefined}
            />
          ))}
        </ol>
      </section>
      {hasPreview &&
        results.length > 0 &&
        (shown ? (
          <ResultPreview result={shown} preview={preview} onClose={close} />
        ) : (
          <p className={styles.hint}>{t('search.previewHint')}</p>
        ))}
    </div>
  );
}
