import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { AccountChange, AccountPageReply, ClassRow, NewAccount, ShownPassword } from './types.ts';

export interface AccountFilter {
  words?: string | undefined;
  role?: string | undefined;
  offset: number;
}

const accountsKey = ['admin', 'accounts'];
const path = '/api/admin/accounts';

/** A page of the accounts; the last page stays in sight while the next comes. */
export function useAccounts({ offset, ...filter }: AccountFilter) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  query.set('offset', `${offset}`);
  return useQuery({
    queryKey: [...accountsKey, `${query}`],
    queryFn: ({ signal }) => callApi<AccountPageReply>(`${path}?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAddAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAccount) => callApi<ShownPassword>(path, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: accountsKey }),
  });
}

export function useChangeAccount(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AccountChange) => callApi(`${path}/${id}`, { method: 'PATCH', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: accountsKey }),
  });
}

export function useRenewPassword(id: string) {
  return useMutation({
    mutationFn: () => callApi<ShownPassword>(`${path}/${id}/password`, { method: 'POST' }),
  });
}

export function useClassRows() {
  return useQuery({
    queryKey: ['admin', 'classes'],
    queryFn: ({ signal }) =>
      callApi<{ classes: ClassRow[] }>('/api/admin/classes', { signal }).then(reply => reply.classes),
  });
}
