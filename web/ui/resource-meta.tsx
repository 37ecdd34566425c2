import type { ResourceCard } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import styles from './resource-meta.module.css';

type Described = Pick<
  ResourceCard,
  'stage' | 'subject' | 'grade' | 'type' | 'minutes' | 'provider' | 'language'
>;

/** What a resource is, in a line: stage, subject, grade, kind, minutes, language, who provides it. */
export function ResourceMeta({ resource }: { resource: Described }) {
  const labels = useLabels();
  const { stage, subject, grade, type, minutes, provider, language } = resource;
  const parts = [
    stage && labels.stage(stage),
    subject,
    grade,
    type && labels.type(type),
    minutes && labels.duration(minutes),
    labels.language(language),
    provider,
  ].filter(part => part !== null && part !== undefined && part !== '' && part !== 0);
  return (
    <p className={styles.meta}>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed order, never rearranged
        <span key={i}>{part}</span>
      ))}
    </p>
  );
}
