import { useTranslation } from 'react-i18next';
import styles from './ai-label.module.css';

/** The label that every text written by AI carries, in the same words everywhere (GB 45438-2025). */
export function AiLabel({ model }: { model: string }) {
  const { t } = useTranslation();
  return (
    <span className={styles.label}>{model === 'offline' ? t('ai.offline') : t('ai.model', { model })}</span>
  );
}
