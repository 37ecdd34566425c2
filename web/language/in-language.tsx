import i18next from 'i18next';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { loadTexts } from './i18n.ts';
import { LANGUAGES, type Language } from './languages.ts';

/** Content that is in a language of its own, whatever language the page around it is in: its labels follow it. */
export function InLanguage({ language, children }: { language: Language; children: ReactNode }) {
  const { i18n } = useTranslation();
  const [loaded, setLoaded] = useState(() => i18n.hasResourceBundle(language, 'translation'));
  useEffect(() => {
    void loadTexts(language).then(() => setLoaded(true));
  }, [language]);
  const own = useMemo(() => i18next.cloneInstance({ lng: language, initAsync: false }), [language]);
  const content = (
    <div lang={LANGUAGES[language].tag} dir={i18next.dir(language)}>
      {children}
    </div>
  );
  return loaded ? <I18nextProvider i18n={own}>{content}</I18nextProvider> : content;
}
