import { useTranslation } from 'react-i18next';
import styles from './loading.module.css';

/** Appears only after a moment: what loads quickly should not flash. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <p className={styles.loading} role="status">
      {t('common.loading')}
    </p>
  );
}
