import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { Account, CodeSignIn, Session, SignIn } from './types.ts';

export const sessionKey = ['session'];

/** The session as the page knows it. `expired` is whose ended by itself: their page waits until they are back. */
export type KnownSession = Session & { expired?: Account | null };

/** Who is signed in, what writes the answers, and how large the library is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => callApi<KnownSession>('/api/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // A library that is just being filled for the first time does not stay empty for long.
    refetchInterval: query => (query.state.data?.library.resources === 0 ? 3000 : false),
  });
}

/** Signs in with a username. */
export const useSignIn = () => useOpenSession<SignIn>('/api/session');

/** Signs in with what stands on a pupil's card. */
export const useCodeSignIn = () => useOpenSession<CodeSignIn>('/api/session/class');

/** Begins a session. What was loaded before is loaded anew; for whoever comes back it stands until then. */
function useOpenSession<Body>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => callApi<Session>(path, { method: 'POST', body }),
    onSuccess: session => {
      const expired = client.getQueryData<KnownSession>(sessionKey)?.expired;
      const loaded = { predicate: ({ queryKey }: { queryKey: QueryKey }) => queryKey[0] !== sessionKey[0] };
      if (expired && expired.id === session.account?.id) void client.invalidateQueries(loaded);
      else client.removeQueries(loaded);
      client.setQueryData<KnownSession>(sessionKey, session);
    },
  });
}

/** Ends the session; whatever the last person saw leaves the memory of the page. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi('/api/session', { method: 'DELETE' }),
    onSuccess: () => {
      client.setQueryData<KnownSession>(
        sessionKey,
        session => session && { ...session, account: null, classes: [], expired: null },
      );
      client.removeQueries({ predicate: query => query.queryKey[0] !== sessionKey[0] });
    },
  });
}
