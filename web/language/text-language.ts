/** The language to mark a text with, so that fonts and screen readers fit: Han characters make it Chinese. */
export function textLanguage(text: string): 'zh-CN' | 'en' {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
}
