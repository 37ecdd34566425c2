import { HAN, OTHER, unitClass, WORD } from './fold.ts';

/** The two families of languages that have statistics of their own: Chinese, and all that is written with spaces. */
export type LanguageFamily = 'zh' | 'en';

export const FAMILIES: readonly LanguageFamily[] = ['zh', 'en'];

/** `zh` when the text has at least as many Han characters as words of other scripts, else `en`. */
export function languageOf(text: string): LanguageFamily {
  let han = 0;
  let words = 0;
  let before = OTHER;
  for (let i = 0; i < text.length; i++) {
    const kind = unitClass[text.charCodeAt(i)]!;
    if (kind === HAN) han++;
    else if (kind === WORD && before !== WORD) words++;
    before = kind;
  }
  return han > 0 && han >= words ? 'zh' : 'en';
}

/** Family of a language tag: `zh`, `zh-Hant`, `yue` and the like are `zh`; every other language counts as `en`. */
export function familyOf(language: string): LanguageFamily {
  return /^(zh|yue|cmn|wuu|lzh)\b/i.test(language) ? 'zh' : 'en';
}

/** Whether a resource teaches English: what it quotes is then what it is about. */
export function teachesEnglish(resource: { subject: string | null } | null | undefined): boolean {
  return /英语|\benglish\b/i.test(resource?.subject ?? '');
}
