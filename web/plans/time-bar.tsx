import { useTranslation } from 'react-i18next';
import type { PlanSection } from '../api/types.ts';
import styles from './time-bar.module.css';

interface Props {
  sections: Pick<PlanSection, 'key' | 'minutes'>[];
  /** Of the whole lesson. */
  minutes: number;
}

/** The lesson at a glance: a segment for each timed section, as wide as it is long; says when they do not add up. */
export function TimeBar({ sections, minutes }: Props) {
  const { t } = useTranslation();
  const timed = sections.flatMap(({ key, minutes: length }) => (length ? [{ key, length }] : []));
  const sum = timed.reduce((total, { length }) => total + length, 0);
  if (timed.length === 0) return null;
  return (
    <div className={styles.bar}>
      <ol className={styles.segments} aria-label={t('plan.timeBar')}>
        {timed.map(({ key, length }) => (
          <li key={key} className={styles.segment} style={{ flexGrow: length }}>
            <a href={`#section-${key}`} title={t(`section.${key}`)}>
              <span className={styles.name}>{t(`section.${key}`)}</span>
              <span className={styles.length}>{t('plan.short', { minutes: length })}</span>
            </a>
          </li>
        ))}
      </ol>
      <p className={styles.sum} data-off={sum !== minutes || undefined}>
        {sum === minutes ? t('plan.sum', { count: sum }) : t('plan.sumOff', { sum, minutes })}
      </p>
    </div>
  );
}
