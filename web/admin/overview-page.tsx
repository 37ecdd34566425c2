import { useTranslation } from 'react-i18next';
import { useOverview } from '../api/admin.ts';
import type { Overview } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { Gaps } from './gaps.tsx';
import { OutcomeBar } from './outcome-bar.tsx';
import styles from './overview-page.module.css';
import { ToDo } from './to-do.tsx';
import { wilsonInterval } from './wilson.ts';

/** Three questions in this order: are answers good, where are they not, what to do now. */
export function OverviewPage() {
  const { t } = useTranslation();
  const overview = useOverview();
  usePageTitle(t('nav.admin'));
  return (
    <div className={styles.page}>
      <h1>{t('admin.title')}</h1>
      <QueryView query={overview}>{data => <Questions overview={data} />}</QueryView>
    </div>
  );
}

function Questions({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <section className={styles.question}>
        <h2>{t('admin.good.title')}</h2>
        <Goodness overview={overview} />
      </section>
      <section className={styles.question}>
        <h2>{t('admin.where.title')}</h2>
        <div className={styles.where}>
          <div>
            <OutcomeBar answers={overview.answers} />
          </div>
          <div data-gaps>
            <Gaps gaps={overview.gaps} />
          </div>
        </div>
      </section>
      <section className={styles.question}>
        <h2>{t('admin.todo.title')}</h2>
        <ToDo overview={overview} />
      </section>
      <dl className={styles.counts}>
        {(['resources', 'passages', 'accounts', 'plans'] as const).map(name => (
          <div key={name}>
            <dt>{t(`admin.count.${name}`)}</dt>
            <dd>{format.number(overview[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** One number with its interval; with few opinions it says so instead of looking sure. */
function Goodness({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { good, bad, total } = overview.answers;
  const rated = good + bad;
  const interval = wilsonInterval(good, rated);
  if (!interval) return <p>{t('admin.good.none', { count: total })}</p>;
  return (
    <>
      <p className={styles.number}>{format.percent(good / rated)}</p>
      <p className={styles.hint}>
        {t('admin.good.of', {
          good: format.number(good),
          rated: format.number(rated),
          low: format.percent(interval.low),
          high: format.percent(interval.high),
        })}{' '}
        {total > rated && t('admin.good.unrated', { count: total - rated })}
      </p>
    </>
  );
}
