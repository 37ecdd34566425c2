import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { useFormat } from '../language/use-format.ts';
import { ExternalLink } from '../rich-text/external-link.tsx';
import { placeOf } from '../sources/place.ts';
import styles from './resource-facts.module.css';

/** An id of a resource among names of things to know, such as `en/food-chains`. */
const RESOURCE_ID = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/** What is taught, or to be known before; what is a resource of the library opens. */
function Names({ names }: { names: string[] }) {
  return (
    <ul>
      {names.map(name => (
        <li key={name} dir="auto">
          {RESOURCE_ID.test(name) ? <Link href={placeOf({ resourceId: name })}>{name}</Link> : name}
        </li>
      ))}
    </ul>
  );
}

/** What is known of a resource, as a list; what is unknown is left out. */
export function ResourceFacts({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const format = useFormat();
  const facts = [
    ['stage', resource.stage && labels.stage(resource.stage)],
    ['subject', resource.subject],
    ['grade', resource.grade],
    ['type', resource.type && labels.type(resource.type)],
    ['duration', resource.minutes && labels.duration(resource.minutes)],
    ['language', labels.language(resource.language)],
    ['teaches', resource.teaches.length > 0 && <Names names={resource.teaches} />],
    ['prerequisites', resource.prerequisites.length > 0 && <Names names={resource.prerequisites} />],
    ['provider', resource.provider],
    ['authors', resource.authors],
    ['licence', resource.licence],
    ['updated', format.day(resource.updatedAt)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} className={styles.fact}>
              <dt>{t(`resource.fact.${name}`)}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
      {resource.url && (
        <div className={styles.fact}>
          <dt>{t('resource.fact.original')}</dt>
          <dd>
            <ExternalLink href={resource.url}>{t('resource.openOriginal')}</ExternalLink>
          </dd>
        </div>
      )}
    </dl>
  );
}
