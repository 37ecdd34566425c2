import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNearDuplicates } from '../api/resources-admin.ts';
import { useFormat } from '../language/use-format.ts';
import { placeOf } from '../sources/place.ts';
import styles from './resource-record-page.module.css';

/** What the library has already that says nearly the same; nothing where there is nothing. */
export function NearDuplicates({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const near = useNearDuplicates(resourceId).data ?? [];
  if (near.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{t('admin.resources.near')}</h2>
      <ul>
        {near.map(other => (
          <li key={other.resourceId} className={styles.entry}>
            <Link href={`/admin${placeOf(other)}`} dir="auto">
              {other.title}
            </Link>{' '}
            {t('admin.resources.alike', { share: format.percent(other.resemblance) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
