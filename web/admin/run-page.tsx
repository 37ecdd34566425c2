import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useIngestionRun } from '../api/admin.ts';
import type { IngestionRunDetail } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { QueryView } from '../ui/query-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import pageStyles from './answers-page.module.css';
import { RunProgress } from './run-progress.tsx';
import runStyles from './runs-page.module.css';
import styles from './table.module.css';

/** One run, and what failed in it with the reason in plain words. */
export function RunPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const run = useIngestionRun(decodeURIComponent(id));
  usePageTitle(run.data?.label ?? t('admin.tab.runs'));
  return (
    <div className={pageStyles.page}>
      <p>
        <Link href="/admin/runs">{t('admin.runs.back')}</Link>
      </p>
      <QueryView query={run}>{data => <RunDetail run={data} />}</QueryView>
    </div>
  );
}

function RunDetail({ run }: { run: IngestionRunDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const times = [run.startedAt, run.finishedAt].filter(time => time !== null);
  return (
    <>
      <h1 dir="auto">{run.label}</h1>
      <p className={pageStyles.meta}>
        {t(`admin.runs.state.${run.state}`)} · {times.map(format.dateTime).join(' – ')}
      </p>
      <RunProgress run={run} />
      {run.reason && (
        <p className={runStyles.reason} dir="auto">
          {run.reason}
        </p>
      )}
      {run.failures.length === 0 ? (
        <p className={pageStyles.meta}>{t('admin.runs.noFailures')}</p>
      ) : (
        <ScrollBox>
          <table className={styles.table}>
            <caption>{t('admin.runs.failures', { count: run.failures.length })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('admin.runs.place')}</th>
                <th scope="col">{t('admin.runs.resource')}</th>
                <th scope="col">{t('admin.runs.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {run.failures.map(failure => (
                <tr key={`${failure.place} ${failure.resourceId}`}>
                  <th scope="row">
                    <bdi>{failure.place}</bdi>
                  </th>
                  <td>
                    <bdi>{failure.resourceId ?? '–'}</bdi>
                  </td>
                  <td className={styles.text}>
                    <bdi>{failure.reason}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </>
  );
}
