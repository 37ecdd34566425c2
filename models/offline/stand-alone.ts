import { topicOf } from './question-kind.ts';

const LEANS_ON_EARLIER =
  /^(?:那|那么|它|他|她|这|該|该|此|其|还有|還有|再|继续|为什么|為什麼|怎么会|举例|(?:and|but|so|then|why|what about|how about|it|its|they|them|their|this|that|these|those|he|she|more|another)\b)|[它其]的?|这[个种样]|上面|刚才|前者|后者|\b(?:it|its|they|them|this|that|these|those|he|she|the (?:former|latter|same))\b/iu;
/** Below this a question seldom names its topic itself: 8 Han characters, 5 words. */
const SHORT_HAN = 8;
const SHORT_WORDS = 5;

/**
 * A follow-up question that can be searched alone: when it is short or leans on what was said, the topic of the question
 * before it is put in front. Nothing is guessed about what a pronoun means.
 */
export function standAlone(question: string, earlier: string[]): string {
  const before = earlier.at(-1);
  if (before === undefined || !leans(question)) return question;
  const topic = topicOf(before);
  return topic === '' ? question : `${topic} ${question}`;
}

function leans(question: string): boolean {
  const text = question.trim();
  if (LEANS_ON_EARLIER.test(text)) return true;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > 0 ? han < SHORT_HAN : text.split(/\s+/u).length < SHORT_WORDS;
}
