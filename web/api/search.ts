import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { SearchReply, SearchRequest } from './types.ts';

/** A search; what was found before stays to be seen until its answer is there. */
export function useSearchResults(request: SearchRequest) {
  return useQuery({
    queryKey: ['search', request],
    queryFn: ({ signal }) => callApi<SearchReply>('/api/search', { method: 'POST', body: request, signal }),
    placeholderData: keepPreviousData,
  });
}
