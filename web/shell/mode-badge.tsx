import { useTranslation } from 'react-i18next';
import type { Session } from '../api/types.ts';
import styles from './header.module.css';

/** What writes the answers, always one glance away. */
export function ModeBadge({ mode }: { mode: Session['mode'] }) {
  const { t } = useTranslation();
  const text = mode.offline ? t('mode.offline') : mode.chat;
  const detail = mode.offline ? t('mode.offlineDetail') : t('mode.modelDetail', mode);
  return (
    <span className={styles.mode} data-offline={mode.offline || undefined} title={detail}>
      <bdi className={styles.long}>{text}</bdi>
      <bdi className={styles.short}>{mode.offline ? t('mode.offlineShort') : text}</bdi>
    </span>
  );
}
