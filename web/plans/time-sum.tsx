import { useTranslation } from 'react-i18next';
import type { Timed } from './move-minutes.ts';
import styles from './time-bar.module.css';

/** What the sections make together, in words that warn where it is not the length of the lesson. */
export function TimeSum({ sections, minutes }: { sections: Timed[]; minutes: number }) {
  const { t } = useTranslation();
  const sum = sections.reduce((total, { minutes: length }) => total + (length ?? 0), 0);
  return (
    <p className={styles.sum} data-off={sum !== minutes || undefined}>
      {sum === minutes ? t('plan.sum', { count: sum }) : t('plan.sumOff', { sum, minutes })}
    </p>
  );
}
