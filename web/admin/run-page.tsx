import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isRunning, useCancelRun, useIngestionRun, useRetry } from '../api/admin.ts';
import type { IngestionRunDetail } from '../api/types.ts';
import { RunProgress } from '../ingestion/run-progress.tsx';
import { useReasons } from '../ingestion/use-reasons.ts';
import { useFormat } from '../language/use-format.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import pageStyles from './answers-page.module.css';
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
  const retry = useRetry(run.runId);
  const reasonIn = useReasons();
  const times = [run.startedAt, run.finishedAt].filter(time => time !== null);
  return (
    <>
      <h1 dir="auto">{run.label}</h1>
      <p className={pageStyles.meta}>
        {t(`admin.runs.state.${run.state}`)} · {times.map(format.dateTime).join(' – ')}
        {run.account !== null && ` · ${t('admin.runs.byAccount', { name: run.account })}`}
      </p>
      <RunProgress run={run} />
      {isRunning(run) && <CancelRun run={run} />}
      {retry.error && <ErrorNotice error={retry.error} />}
      {run.reason && (
        <p className={runStyles.reason} dir="auto">
          {reasonIn(run.reason)}
        </p>
      )}
      {run.failures.length === 0 ? (
        <p className={pageStyles.meta}>{t('admin.runs.noFailures')}</p>
      ) : (
        <>
          {!isRunning(run) && (
            <p>
              <Button onClick={() => retry.mutate(undefined)} loading={retry.isPending}>
                {t('admin.runs.retryAll')}
              </Button>
            </p>
          )}
          <ScrollBox>
            <table className={styles.table}>
              <caption>{t('admin.runs.failures', { count: run.failures.length })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('admin.runs.place')}</th>
                  <th scope="col">{t('admin.runs.resource')}</th>
                  <th scope="col">{t('admin.runs.reason')}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {run.failures.map(failure => (
                  <tr key={`${failure.batchId} ${failure.ordinal}`}>
                    <th scope="row">
                      <bdi>{failure.place}</bdi>
                    </th>
                    <td>
                      <bdi>{failure.resourceId ?? '–'}</bdi>
                    </td>
                    <td className={styles.text}>
                      <bdi>{failure.reason && reasonIn(failure.reason)}</bdi>
                    </td>
                    <td>
                      {!isRunning(run) && (
                        <Button
                          size="xs"
                          aria-label={`${t('admin.runs.retry')}: ${failure.place}`}
                          onClick={() => retry.mutate({ batchId: failure.batchId, ordinal: failure.ordinal })}
                        >
                          {t('admin.runs.retry')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </>
      )}
    </>
  );
}

function CancelRun({ run }: { run: IngestionRunDetail }) {
  const { t } = useTranslation();
  const cancel = useCancelRun(run.runId);
  const [asking, setAsking] = useState(false);
  return (
    <p>
      <Button onClick={() => setAsking(true)}>{t('admin.runs.cancel')}</Button>
      <Confirm
        opened={asking}
        title={t('admin.runs.cancel')}
        text={t('admin.runs.cancelText')}
        action={t('admin.runs.cancel')}
        busy={cancel.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate(undefined, { onSettled: () => setAsking(false) })}
      />
      {cancel.error && <ErrorNotice error={cancel.error} />}
    </p>
  );
}
