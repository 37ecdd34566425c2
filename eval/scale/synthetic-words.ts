import { dict } from '@node-rs/jieba/dict.js';
import type { Random } from './random.ts';

export type SyntheticLanguage = 'zh' | 'en';

/** Different words of a language. */
const VOCABULARY = 40_000;
/** Words that belong to a topic, and the share of a text that is made of them. */
const TOPIC_WORDS = 60;
const TOPIC_SHARE = 0.3;

/** Makes running text of one topic. */
export interface SyntheticWords {
  /** A word of the topic itself, the first ones most often. */
  topicWord(random: Random, language: SyntheticLanguage, topic: number): string;
  /** Sentences of about `length` characters together. */
  text(random: Random, language: SyntheticLanguage, topic: number, length: number): string;
}

/**
 * Words by Zipf's law (the word of rank r comes 1/r as often as the first), mixed with those of the topic. Chinese words
 * are those of a dictionary by how common they are; English ones are made of syllables after some real function words.
 */
export function createSyntheticWords(seedRandom: Random): SyntheticWords {
  const words = { zh: chineseWords(), en: englishWords(seedRandom) };
  /** P(r) = ln((r + 2) / (r + 1)) / ln(V + 1), which is 1/r in all but the first ranks. */
  const zipf = (random: Random, size: number) => Math.floor(Math.exp(random.next() * Math.log(size + 1))) - 1;
  const topicWord: SyntheticWords['topicWord'] = (random, language, topic) => {
    const rank = Math.floor(TOPIC_WORDS * random.next() ** 2);
    // Topics share words, as subjects do; none of them is a function word.
    return words[language][200 + ((topic * 7919 + rank * 104_729) % (VOCABULARY - 200))]!;
  };
  const word = (random: Random, language: SyntheticLanguage, topic: number) =>
    random.next() < TOPIC_SHARE
      ? topicWord(random, language, topic)
      : words[language][zipf(random, VOCABULARY)]!;
  return {
    topicWord,
    text(random, language, topic, length) {
      const [gap, comma, stop] = language === 'zh' ? ['', '，', '。'] : [' ', ', ', '. '];
      let text = '';
      while (text.length < length) {
        const size = 6 + random.below(18);
        let sentence = word(random, language, topic);
        for (let i = 1; i < size; i++)
          sentence += (random.next() < 0.07 ? comma : gap) + word(random, language, topic);
        text += sentence + stop;
      }
      return text.trimEnd();
    },
  };
}

/** The most common words of the dictionary that Chinese text is cut with. */
function chineseWords(): string[] {
  return Buffer.from(dict)
    .toString('utf8')
    .split('\n')
    .map(line => line.split(' '))
    .filter(([word]) => /^\p{Script=Han}+$/u.test(word ?? ''))
    .sort((a, b) => Number(b[1]) - Number(a[1]))
    .slice(0, VOCABULARY)
    .map(([word]) => word!);
}

const FUNCTION_WORDS =
  'the of and to in a is that for it as with be on by this are or from at which an not can we have their has but its';
const ONSETS = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'st',
  'tr',
  'pl',
  'gr',
  'th',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ea', 'io'];
const ENDS = ['', '', 'n', 'r', 's', 't', 'l', 'nt'];

function englishWords(random: Random): string[] {
  const of = (parts: string[]) => parts[random.below(parts.length)]!;
  const words = new Set(FUNCTION_WORDS.split(' '));
  while (words.size < VOCABULARY) {
    // Common words are short: one to four syllables.
    const syllables = 1 + random.below(words.size < 1000 ? 2 : 4);
    words.add(Array.from({ length: syllables }, () => of(ONSETS) + of(VOWELS) + of(ENDS)).join(''));
  }
  return [...words];
}
