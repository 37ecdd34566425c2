import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { type KnownSession, sessionKey } from './session.ts';

/** A request that nobody is signed in for ends the session here too, so that the sign-in page takes over in place. */
function noteExpiredSession(error: Error): void {
  if (!(error instanceof ApiError) || error.code !== 'not-signed-in') return;
  queryClient.setQueryData<KnownSession>(
    sessionKey,
    session => session && { ...session, account: null, expired: session.account ?? session.expired ?? null },
  );
}

/** What does not change by trying again: the request itself is at fault. */
const FINAL = new Set(['invalid-input', 'not-signed-in', 'forbidden', 'not-found', 'conflict']);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteExpiredSession }),
  mutationCache: new MutationCache({ onError: noteExpiredSession }),
  defaultOptions: {
    // Without a network the product on this very computer still answers; where it does not, that is to be said.
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && FINAL.has(error.code)),
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
