import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { useFormat } from '../language/use-format.ts';
import { ExternalLink } from '../rich-text/external-link.tsx';
import { fileOf, placeOf } from '../sources/place.ts';
import styles from './resource-facts.module.css';

/** What is taught, or to be known before; what is a resource of the library has a title, and opens. */
function Names({ names, titles = {} }: { names: string[]; titles?: Record<string, string> }) {
  return (
    <ul>
      {names.map(name => (
        <li key={name} dir="auto">
          {titles[name] ? <Link href={placeOf({ resourceId: name })}>{titles[name]}</Link> : name}
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
    [
      'prerequisites',
      resource.prerequisites.length > 0 && <Names names={resource.prerequisites} titles={resource.titles} />,
    ],
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
      {resource.file && (
        <div className={styles.fact}>
          <dt>{t('resource.fact.file')}</dt>
          <dd>
            <a href={fileOf(resource)}>{t('resource.openFile')}</a> ({format.bytes(resource.file.bytes)})
          </dd>
        </div>
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
