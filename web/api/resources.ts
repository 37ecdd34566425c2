import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from './client.ts';
import type { Resource } from './types.ts';

/** A resource with its passages. */
export function useResource(id: string) {
  const { i18n } = useTranslation();
  // Reasons are written in Chinese and English.
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return useQuery({
    queryKey: ['resource', id, language],
    queryFn: ({ signal }) =>
      callApi<Resource>(`/api/resources/${encodeURIComponent(id)}?language=${language}`, { signal }),
    staleTime: 60_000,
  });
}
