import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { Resource } from '../api/types.ts';
import styles from './recommend-page.module.css';

/** Says what the recommendations are similar to, by its title. */
export function SimilarTo({ id }: { id: string }) {
  const { t } = useTranslation();
  const resource = useQuery({
    queryKey: ['resource', id],
    queryFn: ({ signal }) => callApi<Resource>(`/api/resources/${encodeURIComponent(id)}`, { signal }),
    staleTime: 60_000,
  });
  return <h2 className={styles.hint}>{t('recommend.similarTo', { title: resource.data?.title ?? '…' })}</h2>;
}
