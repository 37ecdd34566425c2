import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePlanVersion } from '../api/plans.ts';
import type { PlanReply } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { QueryView } from '../ui/query-view.tsx';
import { useQueryParams } from '../ui/use-query-params.ts';
import { PlanChanges } from './plan-changes.tsx';
import { RestoreButton } from './restore-button.tsx';
import styles from './versions-view.module.css';

/** All versions of a plan, newest first: to read, to compare, to bring back. */
export function VersionsView({ reply }: { reply: PlanReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { params, setParams } = useQueryParams();
  const { id, versions } = reply;
  const newest = versions.at(-1)!.number;
  const known = (name: string, fallback: number) => {
    const asked = Number(params.get(name));
    return versions.some(({ number }) => number === asked) ? asked : fallback;
  };
  const to = known('to', newest);
  const from = known('from', Math.max(1, to - 1));
  const choices = versions
    .toReversed()
    .map(({ number }) => ({ value: `${number}`, label: t('plan.versionOf', { number }) }));
  return (
    <div className={styles.view}>
      <p data-screen-only>
        <Link href={`/plans/${id}`}>{t('versions.back')}</Link>
      </p>
      <h1>{t('versions.title')}</h1>
      <ol className={styles.list} reversed>
        {versions.toReversed().map(({ number, note, createdAt }) => (
          <li key={number} className={styles.version} aria-current={number === newest || undefined}>
            <div className={styles.what}>
              <Link href={number === newest ? `/plans/${id}` : `/plans/${id}?version=${number}`}>
                {t('plan.versionOf', { number })}
              </Link>
              <p className={styles.when}>
                <time dateTime={createdAt}>{format.dateTime(createdAt)}</time>
                {note && (
                  <>
                    {' · '}
                    <bdi>{note}</bdi>
                  </>
                )}
              </p>
            </div>
            {number > 1 && (
              <Button
                size="xs"
                aria-label={t('versions.compareOf', { number, before: number - 1 })}
                onClick={() => setParams({ from: `${number - 1}`, to: `${number}` })}
              >
                {t('versions.compare')}
              </Button>
            )}
            {number !== newest && <RestoreButton planId={id} number={number} />}
          </li>
        ))}
      </ol>
      {versions.length > 1 && (
        <section className={styles.comparison} aria-labelledby="comparison">
          <h2 id="comparison">{t('versions.changes')}</h2>
          <div className={styles.pair}>
            <NativeSelect
              label={t('versions.from')}
              value={`${from}`}
              data={choices}
              onChange={event => setParams({ from: event.target.value, to: `${to}` })}
            />
            <NativeSelect
              label={t('versions.to')}
              value={`${to}`}
              data={choices}
              onChange={event => setParams({ from: `${from}`, to: event.target.value })}
            />
          </div>
          <Comparison id={id} from={from} to={to} />
        </section>
      )}
    </div>
  );
}

function Comparison({ id, from, to }: { id: string; from: number; to: number }) {
  const before = usePlanVersion(id, from);
  const after = usePlanVersion(id, to);
  return (
    <QueryView query={before}>
      {older => <QueryView query={after}>{newer => <PlanChanges before={older} after={newer} />}</QueryView>}
    </QueryView>
  );
}
