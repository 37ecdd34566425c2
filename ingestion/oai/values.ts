import { plainLanguage } from '../language.ts';
import { type XmlElement, xmlText } from '../parse/xml.ts';

/** Three letters are as common in catalogues as two. */
const LONG_CODES: Record<string, string> = {
  eng: 'en',
  chi: 'zh',
  zho: 'zh',
  cmn: 'zh',
  ara: 'ar',
  jpn: 'ja',
  kor: 'ko',
  fre: 'fr',
  fra: 'fr',
  ger: 'de',
  deu: 'de',
  spa: 'es',
  rus: 'ru',
};

/** A language as records say it: "zh-CN", "eng". What is no code is left to be detected from the text. */
export function languageOf(said: string | undefined): string | undefined {
  if (!said || !/^[a-z]{2,3}([-_][\w-]{1,12})?$/i.test(said)) return undefined;
  return LONG_CODES[said.toLowerCase()] ?? plainLanguage(said);
}

/** The text of an element on one line. */
export function textIn(element: XmlElement | undefined): string {
  return xmlText(element).replace(/\s+/g, ' ').trim();
}
