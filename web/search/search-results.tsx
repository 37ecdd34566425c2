import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { SearchReply, SearchRequest } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { useMode } from '../modes/modes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './search-page.module.css';
import { SearchResultView } from './search-result-view.tsx';

const PAGE = 20;
const SHORT_PAGE = 5;
/** Further down than this the API does not look. */
const MOST = 100;

/** What was found, a page at a time; pages are short in elder mode and where data is saved. */
export function SearchResults({ request }: { request: SearchRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { setParams } = useQueryParams();
  const elder = useMode('elder');
  const sparing = useMode('sparing');
  const limit = elder || sparing ? SHORT_PAGE : PAGE;
  const search = useInfiniteQuery({
    queryKey: ['search', request, limit],
    queryFn: ({ signal, pageParam: offset }) =>
      callApi<SearchReply>('/api/search', { method: 'POST', body: { ...request, limit, offset }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.length * limit;
      return last.results.length === limit && seen <= MOST ? seen : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const filtered = Boolean(request.stage || request.language || request.type);
  return (
    <QueryView query={search}>
      {({ pages }) => {
        const results = pages.flatMap(page => page.results);
        const tookMs = pages.reduce((sum, page) => sum + page.tookMs, 0);
        return (
          <section aria-busy={search.isPlaceholderData}>
            <p className={styles.count} role="status">
              {t('search.found', {
                count: results.length,
                ms: format.number(Math.max(1, Math.round(tookMs))),
              })}
            </p>
            {results.length === 0 && (
              <EmptyState>
                <p>{t(filtered ? 'search.noneFiltered' : 'search.none')}</p>
                {filtered && (
                  <p>
                    <Button
                      size="xs"
                      onClick={() => setParams({ stage: undefined, language: undefined, type: undefined })}
                    >
                      {t('search.clear')}
                    </Button>
                  </p>
                )}
              </EmptyState>
            )}
            <ol>
              {results.map(result => (
                <SearchResultView key={result.resourceId} result={result} />
              ))}
            </ol>
            {search.hasNextPage && (
              <p className={styles.more}>
                <Button loading={search.isFetchingNextPage} onClick={() => void search.fetchNextPage()}>
                  {t('search.more')}
                </Button>
              </p>
            )}
          </section>
        );
      }}
    </QueryView>
  );
}
