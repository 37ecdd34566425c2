import { useTranslation } from 'react-i18next';
import styles from '../shell/header.module.css';
import { switchLanguage } from './i18n.ts';

/** Shows the other language in its own words, so that who needs it can read it. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className={styles.tool}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      aria-label={other === 'zh' ? '切换到中文' : 'Switch to English'}
      onClick={() => void switchLanguage(other)}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}
