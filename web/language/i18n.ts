import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readStored, writeStored } from '../ui/stored.ts';
import { isLanguage, LANGUAGES, type Language } from './languages.ts';

/** Each language is a file of its own, loaded when it is chosen. */
const TEXTS: Record<Language, () => Promise<{ default: object }>> = {
  zh: () => import('../locales/zh.json'),
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
};

const STORAGE_KEY = 'zhujiao.language';

/** The language chosen here before, else the first of the browser's that we have, else English. */
export function preferredLanguage(): Language {
  const stored = readStored(STORAGE_KEY);
  if (isLanguage(stored)) return stored;
  return navigator.languages.map(tag => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** Makes a language's texts known; does nothing when they are. */
export async function loadTexts(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const texts = await TEXTS[language]();
  i18next.addResourceBundle(language, 'translation', texts.default);
}

/** What is filled into a text that runs from right to left keeps its own order, and leaves that of the text alone. */
function isolated(value: string): string {
  return i18next.dir() === 'rtl' ? `\u2068${value}\u2069` : value;
}

function markDocument(language: Language): void {
  document.documentElement.lang = LANGUAGES[language].tag;
  document.documentElement.dir = i18next.dir(language);
}

export async function initLanguage(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: {},
    interpolation: { escape: isolated }, // React escapes
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
