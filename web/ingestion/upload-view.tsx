import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isRunning } from '../api/admin.ts';
import type { IngestionItem, IngestionRun } from '../api/types.ts';
import { useUpload } from '../api/uploads.ts';
import { useFormat } from '../language/use-format.ts';
import { placeOf } from '../sources/place.ts';
import { QueryView } from '../ui/query-view.tsx';
import { RunProgress } from './run-progress.tsx';
import styles from './upload-view.module.css';
import { useReasons } from './use-reasons.ts';

/** Items in these states are resources that can be opened. */
const STORED = new Set<IngestionItem['state']>(['added', 'updated', 'unchanged']);

/** One upload: how far it is, and each file with what became of it and why. */
export function UploadView({ run, open }: { run: IngestionRun; open: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [wanted, setWanted] = useState<boolean>();
  const shown = wanted ?? (open || isRunning(run));
  return (
    <li className={styles.upload}>
      <p className={styles.head}>
        <button
          type="button"
          className={styles.label}
          aria-expanded={shown}
          dir="auto"
          onClick={() => setWanted(!shown)}
        >
          {run.label}
        </button>
        <time className={styles.time} dateTime={run.startedAt}>
          {format.moment(run.startedAt)}
        </time>
      </p>
      <RunProgress run={run} />
      <p className={styles.spoken} role="status">
        {isRunning(run) ? t('uploads.working') : t('uploads.done')}
      </p>
      {shown && <Items runId={run.runId} />}
    </li>
  );
}

function Items({ runId }: { runId: string }) {
  const { t } = useTranslation();
  const upload = useUpload(runId);
  const reasonIn = useReasons();
  return (
    <QueryView query={upload}>
      {({ items, unchanged }) => (
        <>
          <ul className={styles.items}>
            {items.map(item => (
              <li key={`${item.batchId} ${item.ordinal}`} className={styles.item} data-state={item.state}>
                <bdi className={styles.place}>
                  {STORED.has(item.state) && item.resourceId ? (
                    <Link href={placeOf({ resourceId: item.resourceId })}>{item.place}</Link>
                  ) : (
                    item.place
                  )}
                </bdi>
                <span className={styles.state}>{t(`uploads.state.${item.state}`)}</span>
                {item.reason && (
                  <p className={styles.reason} dir="auto">
                    {reasonIn(item.reason)}
                  </p>
                )}
              </li>
            ))}
          </ul>
          {items.length === 0 && unchanged > 0 && <p className={styles.reason}>{t('uploads.allKnown')}</p>}
        </>
      )}
    </QueryView>
  );
}
