import { useTranslation } from 'react-i18next';
import styles from './mode-switches.module.css';
import { type Mode, setMode, useMode } from './modes.ts';

/** Chooses how everything is laid out; each says what it changes. */
export function ModeSwitches() {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.modes}>
      <legend className={styles.legend}>{t('modes.title')}</legend>
      <ModeSwitch mode="elder" />
      <ModeSwitch mode="sparing" />
    </fieldset>
  );
}

function ModeSwitch({ mode }: { mode: Mode }) {
  const { t } = useTranslation();
  const on = useMode(mode);
  return (
    <label className={styles.mode}>
      <input type="checkbox" checked={on} onChange={event => setMode(mode, event.target.checked)} />
      <span>
        <span className={styles.name}>{t(`modes.${mode}.name`)}</span>
        <small className={styles.hint}>{t(`modes.${mode}.hint`)}</small>
      </span>
    </label>
  );
}
