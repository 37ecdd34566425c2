import { useTranslation } from 'react-i18next';
import styles from '../shell/header.module.css';
import { switchLanguage } from './i18n.ts';
import { isLanguage, LANGUAGES } from './languages.ts';

/** Every language in its own words, so that who needs it can read it. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <select
      className={styles.tool}
      aria-label={t('language.choose')}
      value={i18n.language}
      onChange={({ target: { value } }) => {
        if (isLanguage(value)) void switchLanguage(value);
      }}
    >
      {Object.entries(LANGUAGES).map(([language, { name, tag }]) => (
        <option key={language} value={language} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}
