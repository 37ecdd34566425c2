import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useIngestionRuns } from '../api/admin.ts';
import { RunProgress } from '../ingestion/run-progress.tsx';
import { useReasons } from '../ingestion/use-reasons.ts';
import { useFormat } from '../language/use-format.ts';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import pageStyles from './answers-page.module.css';
import styles from './runs-page.module.css';

/** A library filling: what came in, what waits, what failed. */
export function RunsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = useIngestionRuns();
  const reasonIn = useReasons();
  usePageTitle(t('admin.tab.runs'));
  return (
    <div className={pageStyles.page}>
      <h1>{t('admin.tab.runs')}</h1>
      <p className={pageStyles.meta}>{t('admin.runs.hint')}</p>
      <QueryView query={runs}>
        {rows => (
          <ol className={styles.runs}>
            {rows.map(run => (
              <li key={run.runId} className={styles.run}>
                <p>
                  <Link
                    href={`/admin/runs/${encodeURIComponent(run.runId)}`}
                    className={styles.label}
                    dir="auto"
                  >
                    {run.label}
                  </Link>{' '}
                  <span className={styles.state} data-state={run.state}>
                    {t(`admin.runs.state.${run.state}`)}
                  </span>
                </p>
                <RunProgress run={run} />
                {run.reason && (
                  <p className={styles.reason} dir="auto">
                    {reasonIn(run.reason)}
                  </p>
                )}
                <p className={pageStyles.meta}>{format.dateTime(run.startedAt)}</p>
              </li>
            ))}
            {rows.length === 0 && <li className={pageStyles.meta}>{t('admin.runs.none')}</li>}
          </ol>
        )}
      </QueryView>
    </div>
  );
}
