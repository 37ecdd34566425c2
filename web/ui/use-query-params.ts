import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/**
 * The query string as parameters, and a function that changes some of them (undefined removes one). Read from the
 * address itself: the router's own hook decodes it once too often for a query with a percent sign.
 */
export function useQueryParams() {
  const changed = useSearch();
  const [path, navigate] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changed` says that the address has changed
  const params = useMemo(() => new URLSearchParams(window.location.search), [changed]);
  const setParams = useCallback(
    (changes: Record<string, string | undefined>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(key);
        else next.set(key, value);
      }
      const query = next.toString();
      navigate(query ? `${path}?${query}` : path);
    },
    [path, navigate],
  );
  return { params, setParams };
}
