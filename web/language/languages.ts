/** The languages of the UI: the name each has for itself, the tag it is marked with, the locale of its dates and numbers. */
export const LANGUAGES = {
  zh: { name: '中文', tag: 'zh-CN', locale: 'zh-CN' },
  en: { name: 'English', tag: 'en', locale: 'en-GB' },
  // With the digits of the library's texts and formulas: a number looks the same in an answer and in its source.
  ar: { name: 'العربية', tag: 'ar', locale: 'ar-u-nu-latn' },
} as const;

export type Language = keyof typeof LANGUAGES;

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(LANGUAGES, value);
