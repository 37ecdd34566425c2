import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { FurtherReading } from '../answer/further-reading.tsx';
import { useResource } from '../api/resources.ts';
import { useSession } from '../api/session.ts';
import type { Resource } from '../api/types.ts';
import { AddToCollection } from '../collections/add-to-collection.tsx';
import { originalAt, placeOf, quoteSpan, resourceIdIn } from '../sources/place.ts';
import { Notice } from '../ui/notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import { PassageList } from './passage-list.tsx';
import { ResourceFacts } from './resource-facts.tsx';
import styles from './resource-page.module.css';
import { WithdrawOwn } from './withdraw-own.tsx';

export function ResourcePage() {
  useLocation();
  const id = resourceIdIn(window.location.pathname);
  const resource = useResource(id);
  usePageTitle(resource.data?.title);
  return <QueryView query={resource}>{data => <ResourceView key={id} resource={data} />}</QueryView>;
}

function ResourceView({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const { params } = useQueryParams();
  const role = useSession().data?.account?.role;
  const passageId = params.get('passage');
  const found = passageId === null || resource.passages.some(passage => passage.passageId === passageId);
  return (
    <div className={styles.page}>
      <article className={styles.body} lang={resource.language} dir="auto">
        <h1>{resource.title}</h1>
        {resource.description && <p className={styles.description}>{resource.description}</p>}
        {resource.status === 'withdrawn' && <Notice tone="warm" title={t('resource.withdrawn')} />}
        {!found && (
          <Notice tone="warm" title={t('resource.changed')}>
            <p>{t('resource.changedNext')}</p>
          </Notice>
        )}
        <PassageList
          passages={resource.passages}
          language={resource.language}
          passageId={passageId ?? undefined}
          quote={quoteSpan(params.get('quote'))}
          original={locator => originalAt(resource, locator)}
        />
      </article>
      <aside className={styles.side} aria-label={t('resource.about')}>
        <ResourceFacts resource={resource} />
        <div className={styles.collect}>
          <AddToCollection resource={resource} />
        </div>
        {resource.own && resource.status === 'live' && <WithdrawOwn resource={resource} />}
        {role === 'admin' && (
          <p className={styles.manage}>
            <Link href={`/admin${placeOf(resource)}`}>{t('resource.manage')}</Link>
          </p>
        )}
        <FurtherReading resources={resource.similar} title={t('resource.similar')} limit={4} />
      </aside>
    </div>
  );
}
