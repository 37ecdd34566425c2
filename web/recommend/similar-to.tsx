import { useTranslation } from 'react-i18next';
import { useResource } from '../api/resources.ts';
import styles from './recommend-page.module.css';

/** Says what the recommendations are similar to, by its title. */
export function SimilarTo({ id }: { id: string }) {
  const { t } = useTranslation();
  const resource = useResource(id);
  return <h2 className={styles.hint}>{t('recommend.similarTo', { title: resource.data?.title ?? '…' })}</h2>;
}
