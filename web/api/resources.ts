import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { Resource } from './types.ts';

/** A resource with its passages. */
export function useResource(id: string) {
  return useQuery({
    queryKey: ['resource', id],
    queryFn: ({ signal }) => callApi<Resource>(`/api/resources/${encodeURIComponent(id)}`, { signal }),
    staleTime: 60_000,
  });
}
