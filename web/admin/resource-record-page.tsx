import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useResourceRecord } from '../api/resources-admin.ts';
import type { ResourceRecord } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { PassageList } from '../resource/passage-list.tsx';
import { placeOf, resourceIdIn } from '../sources/place.ts';
import { MetaLine } from '../ui/meta-line.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import detailStyles from './answer-detail-page.module.css';
import { NearDuplicates } from './near-duplicates.tsx';
import { ProposalView } from './proposal-view.tsx';
import { ResourceActions } from './resource-actions.tsx';
import { ResourceHistory } from './resource-history.tsx';
import styles from './resource-record-page.module.css';
import statusStyles from './resources-page.module.css';

/** One resource as those see it who look after the library: what it is, what became of it, what to do with it. */
export function ResourceRecordPage() {
  const { t } = useTranslation();
  useLocation();
  const id = resourceIdIn(window.location.pathname);
  const record = useResourceRecord(id);
  usePageTitle(record.data?.title ?? t('admin.tab.resources'));
  return (
    <div className={detailStyles.page}>
      <p>
        <Link href="/admin/resources">{t('admin.resources.back')}</Link>
      </p>
      <QueryView query={record}>{data => <Record key={id} record={data} />}</QueryView>
    </div>
  );
}

function Record({ record }: { record: ResourceRecord }) {
  const { t } = useTranslation();
  const { title, language, status, passages } = record;
  return (
    <>
      <h1 className={detailStyles.question} lang={language ?? undefined} dir="auto">
        {title}
      </h1>
      <p role="status">
        <span className={statusStyles.status} data-status={status}>
          {t(`admin.resources.isStatus.${status}`)}
        </span>
        {status === 'live' && (
          <>
            {' · '}
            <Link href={placeOf(record)}>{t('admin.resources.open')}</Link>
          </>
        )}
      </p>
      <ResourceActions record={record} />
      {record.proposal && <ProposalView record={record} proposal={record.proposal} />}
      <NearDuplicates resourceId={record.resourceId} />
      <Facts record={record} />
      <ResourceHistory history={record.history} />
      <Versions versions={record.versionList} />
      {passages.length > 0 && (
        <section className={styles.part}>
          <h2>{t('admin.resources.text')}</h2>
          <div lang={language ?? undefined} dir="auto">
            <PassageList passages={passages} language={language ?? ''} />
          </div>
        </section>
      )}
    </>
  );
}

function Facts({ record }: { record: ResourceRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { answers, plans } = record.citedBy;
  const facts = [
    ['id', record.resourceId],
    ['source', record.source],
    ['owner', record.owner ?? t('admin.resources.operator')],
    ['class', record.className],
    [
      'uses',
      `${t('admin.resources.answers', { count: answers })} · ${t('admin.resources.plans', { count: plans })}`,
    ],
    ['changed', format.dateTime(record.updatedAt)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(`admin.resources.${name}`)}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Versions({ versions }: { versions: ResourceRecord['versionList'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={styles.part}>
      <h2>{t('admin.resources.versionsTitle')}</h2>
      <ol>
        {versions.map(version => (
          <li key={version.versionId} className={styles.entry} data-current={version.current || undefined}>
            <MetaLine
              parts={[
                format.dateTime(version.createdAt),
                version.title,
                t('admin.resources.passages', { count: version.passages }),
                version.current && t('admin.resources.current'),
              ]}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
