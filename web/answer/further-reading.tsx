import { Link } from 'wouter';
import type { ResourceCard } from '../api/types.ts';
import { placeOf } from '../sources/place.ts';
import { ResourceMeta } from '../ui/resource-meta.tsx';
import styles from './further-reading.module.css';

interface Props {
  resources: ResourceCard[];
  title: string;
  limit: number;
}

/** A few resources, each with the reason why it is here. */
export function FurtherReading({ resources, title, limit }: Props) {
  if (resources.length === 0) return null;
  return (
    <section className={styles.further}>
      <h3 className={styles.title}>{title}</h3>
      <ul>
        {resources.slice(0, limit).map(resource => (
          <li key={resource.resourceId} className={styles.resource}>
            <Link href={placeOf({ resourceId: resource.resourceId })} lang={resource.language} dir="auto">
              {resource.title}
            </Link>
            <ResourceMeta resource={resource} />
            <p className={styles.reason} dir="auto">
              {resource.reason}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
