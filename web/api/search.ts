import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { SearchReply, SearchRequest } from './types.ts';

/** Further down than this the API does not look. */
const MOST = 100;

/** A search, `limit` results at a time; what was found before stays to be seen until its answer is there. */
export function useSearchResults(request: SearchRequest & { limit: number }) {
  const { limit } = request;
  return useInfiniteQuery({
    queryKey: ['search', request],
    queryFn: ({ signal, pageParam: offset }) =>
      callApi<SearchReply>('/api/search', {
        method: 'POST',
        // They are the same for every page.
        body: { ...request, offset, facets: request.facets && offset === 0 },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.length * limit;
      return last.results.length === limit && seen <= MOST ? seen : undefined;
    },
    select: replyOf,
    placeholderData: keepPreviousData,
  });
}

/** All pages as one reply. */
function replyOf({ pages }: InfiniteData<SearchReply>): SearchReply {
  return {
    results: pages.flatMap(page => page.results),
    facets: pages[0]?.facets ?? null,
    tookMs: pages.reduce((sum, page) => sum + page.tookMs, 0),
  };
}
