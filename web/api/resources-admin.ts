import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { NearDuplicate, ResourcePageReply, ResourceRecord, Visibility } from './types.ts';

export interface ResourceFilter {
  words?: string | undefined;
  status?: string | undefined;
  source?: string | undefined;
  offset: number;
}

const resourcesKey = ['admin', 'resources'];
const pathOf = (id: string) => `/api/admin/resources/${encodeURIComponent(id)}`;

/** A page of the resources of any status; the last page stays in sight while the next comes. */
export function useResources({ offset, ...filter }: ResourceFilter) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  query.set('offset', `${offset}`);
  return useQuery({
    queryKey: [...resourcesKey, 'list', `${query}`],
    queryFn: ({ signal }) => callApi<ResourcePageReply>(`/api/admin/resources?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useResourceRecord(id: string) {
  return useQuery({
    queryKey: [...resourcesKey, 'one', id],
    queryFn: ({ signal }) => callApi<ResourceRecord>(pathOf(id), { signal }),
  });
}

export function useNearDuplicates(id: string) {
  return useQuery({
    queryKey: [...resourcesKey, 'near', id],
    queryFn: ({ signal }) =>
      callApi<{ nearDuplicates: NearDuplicate[] }>(`${pathOf(id)}/near-duplicates`, { signal }).then(
        reply => reply.nearDuplicates,
      ),
  });
}

export type ResourceChange =
  | { transition: ResourceRecord['transitions'][number]['name']; reason?: string }
  | { visibility: Visibility }
  | { accept: boolean; reason?: string };

/** Takes a resource through its life-cycle, or changes who sees it. */
export function useChangeResource(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ResourceChange) =>
      'visibility' in change
        ? callApi(pathOf(id), { method: 'PATCH', body: change })
        : 'accept' in change
          ? callApi(`${pathOf(id)}/proposal`, { method: 'POST', body: change })
          : callApi(`${pathOf(id)}/${change.transition}`, {
              method: 'POST',
              body: { reason: change.reason },
            }),
    onSuccess: () => {
      // What was found or answered before may show it, or lack it.
      client.removeQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'admin' && queryKey[0] !== 'session',
      });
      return client.invalidateQueries({ queryKey: ['admin'] });
    },
  });
}
