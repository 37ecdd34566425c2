import { useTranslation } from 'react-i18next';
import styles from './way-switch.module.css';

const WAYS = ['code', 'username'] as const;
export type Way = (typeof WAYS)[number];
export const isWay = (value: unknown): value is Way => WAYS.includes(value as Way);

/** With what to sign in: pupils have the code of their class, everybody else a username. */
export function WaySwitch({ way, onChoose }: { way: Way; onChoose: (way: Way) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.ways}>
      <legend className={styles.legend}>{t('session.way.label')}</legend>
      {WAYS.map(name => (
        <label key={name} className={styles.way} data-chosen={way === name || undefined}>
          <input
            type="radio"
            name="way"
            className={styles.radio}
            checked={way === name}
            onChange={() => onChoose(name)}
          />
          {t(`session.way.${name}`)}
        </label>
      ))}
    </fieldset>
  );
}
