import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { Collection, CollectionCard, CollectionChange } from './types.ts';

const collectionsKey = ['collections'];
const collectionKey = (id: string) => [...collectionsKey, id];
const pathOf = (id: string) => `/api/collections/${id}`;
const itemPath = (id: string, resourceId: string) => `${pathOf(id)}/items/${encodeURIComponent(resourceId)}`;

/** The collections of whoever is signed in; with a resource they say whether it is in them. */
export function useCollections(holding?: string) {
  const query = holding === undefined ? '' : `?holding=${encodeURIComponent(holding)}`;
  return useQuery({
    queryKey: [...collectionsKey, 'list', holding ?? null],
    queryFn: ({ signal }) =>
      callApi<{ collections: CollectionCard[] }>(`/api/collections${query}`, { signal }).then(
        reply => reply.collections,
      ),
  });
}

const collectionQuery = (id: string) => ({
  queryKey: collectionKey(id),
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<Collection>(pathOf(id), { signal }),
});

export function useCollection(id: string) {
  return useQuery(collectionQuery(id));
}

/** A collection as it is now, for whoever does not show it. @throws ApiError */
export function fetchCollection(client: QueryClient, id: string): Promise<Collection> {
  return client.fetchQuery(collectionQuery(id));
}

/** Makes a collection, with a resource in it if one is given. */
export function useCreateCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['collect'],
    mutationFn: async ({ name, resourceId }: { name: string; resourceId?: string }) => {
      const body = { name };
      const made = await callApi<{ collectionId: string }>('/api/collections', { method: 'POST', body });
      if (resourceId !== undefined) await addItem(made.collectionId, resourceId);
      return made.collectionId;
    },
    onSettled: () => client.invalidateQueries({ queryKey: collectionsKey }),
  });
}

/** Renames a collection or brings it into another order, which shows at once and goes back if it is refused. */
export function useChangeCollection(id: string) {
  const client = useQueryClient();
  const key = collectionKey(id);
  return useMutation({
    mutationFn: (body: CollectionChange) => callApi<Collection>(pathOf(id), { method: 'PATCH', body }),
    onMutate: async ({ order }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Collection>(key);
      if (before && order) client.setQueryData<Collection>(key, { ...before, items: ordered(before, order) });
      return { before };
    },
    onError: (_error, _change, context) => client.setQueryData(key, context?.before),
    onSuccess: reply => {
      client.setQueryData(key, reply);
      void client.invalidateQueries({ queryKey: [...collectionsKey, 'list'] });
    },
  });
}

function ordered({ items }: Collection, order: string[]): Collection['items'] {
  return order.flatMap(id => items.filter(({ resourceId }) => resourceId === id));
}

export function useDeleteCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(pathOf(id), { method: 'DELETE' }),
    onSuccess: (_reply, id) => {
      client.removeQueries({ queryKey: collectionKey(id) });
      void client.invalidateQueries({ queryKey: [...collectionsKey, 'list'] });
    },
  });
}

const addItem = (id: string, resourceId: string) =>
  callApi(`${pathOf(id)}/items`, { method: 'POST', body: { resourceId } });

/** Puts a resource into a collection, or takes it out. */
export function useHoldItem() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['collect'],
    mutationFn: ({ id, resourceId, hold }: { id: string; resourceId: string; hold: boolean }) =>
      hold ? addItem(id, resourceId) : callApi(itemPath(id, resourceId), { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: collectionsKey }),
  });
}

export function useNoteItem(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ resourceId, note }: { resourceId: string; note: string }) =>
      callApi(itemPath(id, resourceId), { method: 'PATCH', body: { note } }),
    onSuccess: (_reply, { resourceId, note }) =>
      client.setQueryData<Collection>(
        collectionKey(id),
        collection =>
          collection && {
            ...collection,
            items: collection.items.map(item => (item.resourceId === resourceId ? { ...item, note } : item)),
          },
      ),
  });
}
