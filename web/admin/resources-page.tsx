import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useResources } from '../api/resources-admin.ts';
import type { ResourceRow } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { placeOf } from '../sources/place.ts';
import { MetaLine } from '../ui/meta-line.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import pageStyles from './answers-page.module.css';
import filterStyles from './filters.module.css';
import { Pager, useOffset } from './pager.tsx';
import styles from './resources-page.module.css';
import { STATUSES } from './statuses.ts';
import { WordFilter } from './word-filter.tsx';

/** Every resource there is, whatever its status; what changed last comes first. */
export function ResourcesPage() {
  const { t } = useTranslation();
  const { params, setParams } = useQueryParams();
  const status = STATUSES.find(known => known === params.get('status'));
  const source = params.get('source') ?? undefined;
  const words = params.get('words') ?? undefined;
  const page = useResources({ words, status, source, offset: useOffset() });
  const all = { value: '', label: t('admin.resources.all') };
  usePageTitle(t('admin.tab.resources'));
  return (
    <div className={pageStyles.page}>
      <h1>{t('admin.tab.resources')}</h1>
      <div className={filterStyles.filters}>
        <WordFilter label={t('admin.resources.words')} action={t('admin.resources.search')} />
        <NativeSelect
          size="xs"
          className={filterStyles.select}
          label={t('admin.resources.status')}
          value={status ?? ''}
          onChange={event => setParams({ status: event.target.value, offset: undefined })}
          data={[all, ...STATUSES.map(value => ({ value, label: t(`admin.resources.isStatus.${value}`) }))]}
        />
        <NativeSelect
          size="xs"
          className={filterStyles.select}
          label={t('admin.resources.source')}
          value={source ?? ''}
          onChange={event => setParams({ source: event.target.value, offset: undefined })}
          data={[all, ...(page.data?.sources ?? []).map(value => ({ value, label: value }))]}
        />
      </div>
      <QueryView query={page}>
        {({ resources, total }) => (
          <>
            {resources.length === 0 && <p className={pageStyles.meta}>{t('admin.resources.none')}</p>}
            <ol>
              {resources.map(row => (
                <Row key={row.resourceId} row={row} />
              ))}
            </ol>
            <Pager total={total} />
          </>
        )}
      </QueryView>
    </div>
  );
}

function Row({ row }: { row: ResourceRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { resourceId, title, language, status, visibility, owner, source, versions, proposed, updatedAt } =
    row;
  return (
    <li className={styles.row} data-status={status}>
      <p className={styles.title}>
        <Link
          href={`/admin${placeOf({ resourceId })}`}
          className={pageStyles.question}
          lang={language ?? undefined}
          dir="auto"
        >
          {title}
        </Link>
        <span className={styles.status}>{t(`admin.resources.isStatus.${status}`)}</span>
        {proposed && <span className={styles.proposed}>{t('admin.resources.proposed')}</span>}
      </p>
      <MetaLine
        parts={[
          resourceId,
          t(`admin.resources.isVisible.${visibility}`),
          owner ?? t('admin.resources.operator'),
          source,
          t('admin.resources.versions', { count: versions }),
          format.dateTime(updatedAt),
        ]}
      />
    </li>
  );
}
