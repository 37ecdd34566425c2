import { useTranslation } from 'react-i18next';
import { switchLanguage } from './i18n.ts';
import styles from './language-choice.module.css';
import { isLanguage, LANGUAGES } from './languages.ts';

/** Every language at a glance, in its own words, for who may not be able to read the page yet. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would say "form" where there are only buttons
    <div className={styles.choice} role="group" aria-label={t('language.choose')}>
      {Object.entries(LANGUAGES).map(([language, { name, tag }]) => (
        <button
          key={language}
          type="button"
          className={styles.language}
          lang={tag}
          aria-pressed={language === i18n.language}
          onClick={() => {
            if (isLanguage(language)) void switchLanguage(language);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
