import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { reasonIn, wordingOf } from './reasons.ts';

/** Files of their own, loaded where a reason is shown; in English reasons stand as the library keeps them. */
const TEXTS: Record<string, () => Promise<{ default: Record<string, string> }>> = {
  zh: () => import('../locales/reasons/zh.json'),
  ar: () => import('../locales/reasons/ar.json'),
};

/** Tells a reason in the language of the page. */
export function useReasons(): (reason: string) => string {
  const { language } = useTranslation().i18n;
  const load = TEXTS[language];
  const { data: wording, isLoading } = useQuery({
    queryKey: ['reasons', language],
    queryFn: async () => wordingOf(language, (await load!()).default),
    enabled: load !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isLoading) return () => '…';
  return reason => (wording ? reasonIn(wording, reason) : reason);
}
