import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { sessionKey } from './session.ts';
import type { Session } from './types.ts';

/** A request that nobody is signed in for ends the session here too, so that the sign-in page takes over in place. */
function noteExpiredSession(error: Error): void {
  if (!(error instanceof ApiError) || error.code !== 'not-signed-in') return;
  queryClient.setQueryData<Session>(sessionKey, session => session && { ...session, account: null });
}

/** What does not change by trying again: the request itself is at fault. */
const FINAL = new Set(['invalid-input', 'not-signed-in', 'forbidden', 'not-found', 'conflict']);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteExpiredSession }),
  mutationCache: new MutationCache({ onError: noteExpiredSession }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && FINAL.has(error.code)),
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});
