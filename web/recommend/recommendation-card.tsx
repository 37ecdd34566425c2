import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ResourceCard } from '../api/types.ts';
import { placeOf } from '../sources/place.ts';
import { FeedbackButtons } from '../ui/feedback-buttons.tsx';
import { ResourceMeta } from '../ui/resource-meta.tsx';
import styles from './recommendation-card.module.css';

/** One recommended resource: what it is, and why for this goal. */
export function RecommendationCard({ item }: { item: ResourceCard }) {
  const { t } = useTranslation();
  return (
    <li className={styles.card}>
      <h2 className={styles.title} lang={item.language} dir="auto">
        <Link href={placeOf({ resourceId: item.resourceId })}>{item.title}</Link>
      </h2>
      <ResourceMeta resource={item} />
      <p className={styles.reason} dir="auto">
        {item.reason}
      </p>
      {item.description && (
        <p className={styles.description} lang={item.language} dir="auto">
          {item.description}
        </p>
      )}
      <div className={styles.actions}>
        <FeedbackButtons kind="recommendation" id={item.resourceId} about={item.title} />
        <Link href={`/recommend?similar=${encodeURIComponent(item.resourceId)}`}>
          {t('recommend.similar')}
        </Link>
      </div>
    </li>
  );
}
