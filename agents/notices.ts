/** Languages in which the product speaks of itself. */
export type Language = 'zh' | 'en';

/** What is said beside an answer, a plan or a list, never inside it. */
const NOTICES = {
  offline: {
    zh: '这个回答不是语言模型写的：以下句子逐字摘自资料库。',
    en: 'No language model wrote this: the sentences are quoted word for word from the library.',
  },
  degraded: {
    zh: '语言模型暂时无法使用，以下句子逐字摘自资料库。',
    en: 'The language model cannot be reached at the moment; the sentences are quoted word for word from the library.',
  },
  unverified: {
    zh: '语言模型写的内容没能在资料中得到印证，因此改为逐字摘录资料库。',
    en: 'What the language model wrote could not be confirmed in the library, so the sentences are quoted from it instead.',
  },
  weak: {
    zh: '资料库里与这个问题直接相关的内容不多，请结合原文判断。',
    en: 'The library has little that bears directly on this question; please check the sources.',
  },
  otherLanguage: {
    zh: '资料库中相关的内容是外文，引文保持原文。',
    en: 'The library has this in another language; quotations are left as they are.',
  },
  noEvidence: {
    zh: '资料库里没有找到能回答这个问题的内容。下面是最接近的资源。',
    en: 'The library does not say. These are the nearest resources.',
  },
  nothingNear: {
    zh: '资料库里没有找到与此相关的内容。',
    en: 'The library has nothing on this.',
  },
  refused: {
    zh: '模型拒绝回答这个问题。可以换一种问法，或者请教老师。',
    en: 'The model declined to answer. Try other words, or ask a teacher.',
  },
  limit: {
    zh: '没能在限定的时间和次数内写完回答。请把问题拆小一点再试。',
    en: 'The answer could not be finished within its limits. Try a smaller question.',
  },
  brokenOff: {
    zh: '模型在中途断开了，以上内容已核对，但可能不完整。可以再问一次。',
    en: 'The model broke off. What stands here has been checked but may be incomplete; ask again for the rest.',
  },
  nothingForGoal: {
    zh: '资料库里没有找到适合这个目标的资源。',
    en: 'The library has nothing that fits this goal.',
  },
  emptySection: {
    zh: '资料库里没有适合这一部分的内容，请老师补充。',
    en: 'The library has nothing for this section; please fill it in.',
  },
  sectionFailed: {
    zh: '模型没能写好这一部分，以下内容摘自资料库。',
    en: 'The model could not draft this section; what stands here is quoted from the library.',
  },
} satisfies Record<string, Record<Language, string>>;
export type NoticeKey = keyof typeof NOTICES;

/** The notices in their order as one text; null when there are none. */
export function noticeOf(language: Language, keys: NoticeKey[]): string | null {
  return keys.length === 0
    ? null
    : keys.map(key => NOTICES[key][language]).join(language === 'zh' ? '' : ' ');
}
