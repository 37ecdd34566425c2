import { useTranslation } from 'react-i18next';
import { isRunning } from '../api/admin.ts';
import type { IngestionRun } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import styles from './run-progress.module.css';

/** How far a run has come: a bar, and the same in words. */
export function RunProgress({ run }: { run: IngestionRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    { name: 'added', count: run.added },
    { name: 'updated', count: run.updated },
    { name: 'unchanged', count: run.unchanged },
    { name: 'proposed', count: run.proposed },
    { name: 'failed', count: run.failed },
    { name: 'leftOut', count: run.leftOut },
    { name: 'cancelled', count: run.cancelled },
    { name: 'waiting', count: run.waiting },
  ] as const;
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const done = all - run.waiting;
  return (
    <div className={styles.progress}>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={t('admin.runs.progress', { label: run.label })}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={done}
      >
        {parts.map(
          ({ name, count }) =>
            count > 0 && (
              <span key={name} className={styles.part} data-part={name} style={{ flexGrow: count }} />
            ),
        )}
      </div>
      <p className={styles.words}>
        {parts
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => t(`admin.runs.${name}`, { count, number: format.number(count) }))
          .join(' · ') || t('admin.runs.nothing')}
        {isRunning(run) &&
          run.secondsLeft !== null &&
          ` · ${t('admin.runs.left', { count: Math.ceil(run.secondsLeft) })}`}
      </p>
    </div>
  );
}
