import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { Notice } from './types.ts';

const noticesKey = ['notices'];
/** Nobody waits for a notice. */
const REFRESH_MS = 60_000;

/** What whoever is signed in is told, newest first. */
export function useNotices() {
  return useQuery({
    queryKey: noticesKey,
    queryFn: ({ signal }) =>
      callApi<{ notices: Notice[] }>('/api/notices', { signal }).then(reply => reply.notices),
    refetchInterval: REFRESH_MS,
  });
}

export function useReadNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (lastId: string) => callApi('/api/notices/read', { method: 'POST', body: { lastId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesKey }),
  });
}
