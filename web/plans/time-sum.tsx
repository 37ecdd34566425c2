import { useTranslation } from 'react-i18next';
import type { Timed } from './move-minutes.ts';
import styles from './time-bar.module.css';

const sumOf = (sections: Timed[]) => sections.reduce((total, { minutes }) => total + (minutes ?? 0), 0);

/** Whether the sections make more or less than the lesson has. */
export const isOff = (sections: Timed[], minutes: number) => sumOf(sections) !== minutes;

/** What the sections make together, in words that warn where it is not the length of the lesson. */
export function TimeSum({ sections, minutes }: { sections: Timed[]; minutes: number }) {
  const { t } = useTranslation();
  const sum = sumOf(sections);
  return (
    <p className={styles.sum} data-off={sum !== minutes || undefined}>
      {sum === minutes ? t('plan.sum', { count: sum }) : t('plan.sumOff', { sum, minutes })}
    </p>
  );
}
