import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readStored, writeStored } from '../ui/stored.ts';

export type Language = 'zh' | 'en';

/** Each language is a file of its own, loaded when it is chosen. */
const TEXTS = {
  zh: () => import('../locales/zh.json'),
  en: () => import('../locales/en.json'),
};

const STORAGE_KEY = 'zhujiao.language';

/** The language chosen here before, else the first of the browser's that we have, else English. */
export function preferredLanguage(): Language {
  const stored = readStored(STORAGE_KEY);
  if (stored === 'zh' || stored === 'en') return stored;
  const known = navigator.languages.map(tag => tag.slice(0, 2).toLowerCase());
  return known.find(tag => tag === 'zh' || tag === 'en') === 'zh' ? 'zh' : 'en';
}

/** Makes a language's texts known; does nothing when they are. */
export async function loadTexts(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const texts = await TEXTS[language]();
  i18next.addResourceBundle(language, 'translation', texts.default);
}

function markDocument(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export async function initLanguage(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  });
  await loadTexts(language);
  markDocument(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  await loadTexts(language);
  await i18next.changeLanguage(language);
  writeStored(STORAGE_KEY, language);
  markDocument(language);
}
