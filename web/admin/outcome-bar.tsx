import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Outcome, Overview } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import styles from './outcome-bar.module.css';
import { OUTCOMES } from './outcomes.ts';

/** How answers ended: a bar to look at, the same as a table to read. */
export function OutcomeBar({ answers }: { answers: Overview['answers'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = OUTCOMES.map(outcome => ({ outcome, count: answers.byOutcome[outcome] ?? 0 }));
  const known = rows.reduce((sum, { count }) => sum + count, 0);
  if (known === 0) return <p className={styles.hint}>{t('admin.where.none')}</p>;
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {rows.map(
          ({ outcome, count }) =>
            count > 0 && (
              <span
                key={outcome}
                className={styles.part}
                data-outcome={outcome}
                style={{ flexGrow: count }}
              />
            ),
        )}
      </div>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('admin.where.caption')}</caption>
        <tbody>
          {rows.map(({ outcome, count }) => (
            <Row
              key={outcome}
              outcome={outcome}
              count={format.number(count)}
              share={format.percent(count / known)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ outcome, count, share }: { outcome: Outcome; count: string; share: string }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <span className={styles.key} data-outcome={outcome} aria-hidden="true" />
        <Link href={`/admin/answers?outcome=${outcome}`}>{t(`outcome.${outcome}`)}</Link>
      </th>
      <td>{count}</td>
      <td>{share}</td>
    </tr>
  );
}
