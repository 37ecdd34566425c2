import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { CodeSignIn, Session, SignIn } from './types.ts';

export const sessionKey = ['session'];

/** Who is signed in, what writes the answers, and how large the library is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => callApi<Session>('/api/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // A library that is just being filled for the first time does not stay empty for long.
    refetchInterval: query => (query.state.data?.library.resources === 0 ? 3000 : false),
  });
}

/** Signs in with a username. */
export const useSignIn = () => useOpenSession<SignIn>('/api/session');

/** Signs in with what stands on a pupil's card. */
export const useCodeSignIn = () => useOpenSession<CodeSignIn>('/api/session/class');

/** Begins a session; what was loaded for anybody before is loaded anew, since this may be somebody else. */
function useOpenSession<Body>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => callApi<Session>(path, { method: 'POST', body }),
    onSuccess: session => {
      client.removeQueries({ predicate: query => query.queryKey[0] !== sessionKey[0] });
      client.setQueryData<Session>(sessionKey, session);
    },
  });
}

/** Ends the session; whatever the last person saw leaves the memory of the page. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi('/api/session', { method: 'DELETE' }),
    onSuccess: () => {
      client.setQueryData<Session>(
        sessionKey,
        session => session && { ...session, account: null, classes: [] },
      );
      client.removeQueries({ predicate: query => query.queryKey[0] !== sessionKey[0] });
    },
  });
}
