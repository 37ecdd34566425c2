import { useTranslation } from 'react-i18next';
import type { Timed } from './move-minutes.ts';
import styles from './time-bar.module.css';
import { isOff, TimeSum } from './time-sum.tsx';

interface Props {
  sections: Timed[];
  /** Of the whole lesson. */
  minutes: number;
}

/** The lesson at a glance: a segment for each timed section, as wide as it is long; says when they do not add up. */
export function TimeBar({ sections, minutes }: Props) {
  const { t } = useTranslation();
  const timed = sections.flatMap(({ key, minutes: length }) => (length ? [{ key, length }] : []));
  if (timed.length === 0) return null;
  return (
    <div className={styles.bar} data-off={isOff(sections, minutes) || undefined}>
      <ol className={styles.segments} aria-label={t('plan.timeBar')}>
        {timed.map(({ key, length }) => (
          <li key={key} className={styles.segment} style={{ flexGrow: length }}>
            <a href={`#section-${key}`} title={t(`section.${key}`)}>
              <span className={styles.name}>{t(`section.${key}`)}</span>
            </a>
            <span className={styles.length}>{t('plan.short', { minutes: length })}</span>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <TimeSum sections={sections} minutes={minutes} />
      </div>
    </div>
  );
}
