/** The language to mark a text with, so that fonts and screen readers fit: what script it is in tells. */
export function textLanguage(text: string): 'zh-CN' | 'ar' | 'en' {
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN';
  return /\p{Script=Arabic}/u.test(text) ? 'ar' : 'en';
}
