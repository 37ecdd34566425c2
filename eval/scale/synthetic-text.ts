/**
 * Learning resources made of invented words, the same for the same seed: what sizes and speeds are measured on where no
 * real library is large enough. Words follow Zipf's law, repeat in set phrases and cluster by topic, so that posting
 * lists are as uneven as those of real texts. Nothing is stored: resource `n` is made when it is asked for.
 */

export type SyntheticLanguage = 'zh' | 'en';

export interface SyntheticResource {
  id: string;
  language: SyntheticLanguage;
  title: string;
  description: string;
  stage: string;
  subject: string;
  type: string;
  passages: string[];
}

/** A generator of numbers from 0 to below 1. */
export type Random = () => number;

/** Values with their shares of all resources. */
export const STAGES = {
  primary: 0.2,
  junior: 0.2,
  senior: 0.25,
  vocational: 0.05,
  higher: 0.25,
  lifelong: 0.05,
};
export const SUBJECTS = {
  mathematics: 0.2,
  chinese: 0.15,
  english: 0.15,
  physics: 0.1,
  chemistry: 0.08,
  biology: 0.08,
  computing: 0.08,
  history: 0.06,
  geography: 0.05,
  arts: 0.05,
};
export const TYPES = { article: 0.5, exercise: 0.445, video: 0.05, game: 0.005 };

const CHINESE_SHARE = 0.6;
const VOCABULARY: Record<SyntheticLanguage, number> = { zh: 60_000, en: 80_000 };
/** Words of a passage: some 350 Han characters with punctuation, some 900 Latin characters. */
const PASSAGE_WORDS: Record<SyntheticLanguage, number> = { zh: 195, en: 150 };
const TITLE_WORDS: Record<SyntheticLanguage, number> = { zh: 6, en: 6 };
const SENTENCE_WORDS = 12;
const MEDIAN_PASSAGES = 3;
const TOPICS = 4000;
const TOPIC_WORDS = 60;
/** Shares of words that continue a set phrase, and that belong to the resource's topic; the others are drawn freely. */
const PHRASE_SHARE = 0.6;
const TOPIC_SHARE = 0.15;
/** Number of words that commonly follow a word. */
const FOLLOWERS = 5;

/** Marsaglia's xorshift over 32 bits, begun at a mixed seed. */
export function createRandom(...seeds: number[]): Random {
  let state = seeds.reduce((sum, seed) => mix(Math.imul(sum, 31) + seed), 0x9e3779b9) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const SYLLABLES = 'ba te mo li ca ri so ne pa du ge hy vo ki ra st'.split(' ');
const HAN = commonCharacters();

const rankers = { zh: createZipf(VOCABULARY.zh), en: createZipf(VOCABULARY.en) };
const words = {
  zh: Array.from({ length: VOCABULARY.zh }, (_, rank) => chineseWord(rank)),
  en: Array.from({ length: VOCABULARY.en }, (_, rank) => englishWord(rank)),
};

/** Draws ranks from 0 with probabilities as 1 / (rank + 2.7) (Zipf's law with Mandelbrot's shift). */
function createZipf(size: number): (random: Random) => number {
  const upTo = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) {
    sum += 1 / (rank + 2.7);
    upTo[rank] = sum;
  }
  return random => {
    const wanted = random() * sum;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The 3,755 most common characters: the first level of the national standard GB 2312, by its row and cell. */
function commonCharacters(): string[] {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell);
  }
  return [...new TextDecoder('gb2312').decode(Uint8Array.from(bytes))];
}

/** The word of a rank: frequent ones of one character, rare ones of two or three. */
function chineseWord(rank: number): string {
  const random = createRandom(rank, 1);
  const length = rank < 150 ? 1 : random() < 0.82 ? 2 : 3;
  let word = '';
  for (let i = 0; i < length; i++) {
    const place = rank < 150 ? rank : Math.floor(HAN.length * random() ** 2);
    word += HAN[(place * 1009) % HAN.length];
  }
  return word;
}

/** The word of a rank: its digits as syllables, so that rare words are long. */
function englishWord(rank: number): string {
  let word = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

/** The `n`th resource of the library of `seed`. */
export function syntheticResource(n: number, seed: number): SyntheticResource {
  const random = createRandom(seed, n);
  const language = random() < CHINESE_SHARE ? 'zh' : 'en';
  const topic = Math.floor(TOPICS * random() ** 2);
  const text = (words: number, topicShare: number) =>
    syntheticText(random, { language, topic, words: Math.max(1, Math.round(words)), topicShare });
  const passageCount = Math.max(1, Math.round(MEDIAN_PASSAGES * Math.exp(0.6 * normal(random))));
  return {
    id: `r${n}`,
    language,
    stage: pick(STAGES, random),
    subject: pick(SUBJECTS, random),
    type: pick(TYPES, random),
    title: text(TITLE_WORDS[language], 0.6),
    description: text(2 * TITLE_WORDS[language], 0.4),
    passages: Array.from({ length: passageCount }, () =>
      text(PASSAGE_WORDS[language] * Math.max(0.1, 1 + 0.25 * normal(random)), TOPIC_SHARE),
    ),
  };
}

/**
 * The `n`th query on the library of `resources` and `seed`, 3 to 12 words: by turns words of a topic among common ones,
 * and a stretch of a text in the library.
 */
export function syntheticQuery(n: number, resources: number, seed: number): string {
  const random = createRandom(seed, n, 2);
  const { language, passages } = syntheticResource(Math.floor(random() * resources), seed);
  const length = 3 + Math.floor(10 * random());
  if (n % 2 === 0) {
    const topic = Math.floor(TOPICS * random() ** 2);
    return syntheticText(random, { language, topic, words: length, topicShare: 0.5 });
  }
  const passage = passages[Math.floor(random() * passages.length)]!;
  if (language === 'zh') return passage.slice(20, 20 + Math.round(1.8 * length));
  return passage
    .split(' ')
    .slice(10, 10 + length)
    .join(' ');
}

/** Running text of `words` words on a topic. */
export function syntheticText(
  random: Random,
  of: { language: SyntheticLanguage; topic: number; words: number; topicShare: number },
): string {
  const { language, topic, topicShare } = of;
  const draw = rankers[language];
  const vocabulary = words[language];
  const gap = language === 'zh' ? '' : ' ';
  let text = '';
  let rank = draw(random);
  for (let i = 0; i < of.words; i++) {
    text += vocabulary[rank];
    const ends = i % SENTENCE_WORDS === SENTENCE_WORDS - 1;
    text += ends ? (language === 'zh' ? '。' : '. ') : gap;
    const choice = random();
    if (choice < topicShare) rank = topicWord(language, topic, Math.floor(TOPIC_WORDS * random() ** 2));
    else if (choice < topicShare + PHRASE_SHARE)
      rank = follower(language, rank, Math.floor(FOLLOWERS * random() ** 2));
    else rank = draw(random);
  }
  return text.trimEnd();
}

/** Word `i` of a topic: of the middle of the vocabulary, neither function words nor the rarest. */
function topicWord(language: SyntheticLanguage, topic: number, i: number): number {
  const random = createRandom(topic, i, language === 'zh' ? 3 : 4);
  return Math.floor(VOCABULARY[language] ** (0.5 + 0.5 * random())) - 1;
}

/** The `i`th of the words that commonly follow a word. */
function follower(language: SyntheticLanguage, rank: number, i: number): number {
  return rankers[language](createRandom(rank, i, language === 'zh' ? 5 : 6));
}

function pick(shares: Record<string, number>, random: Random): string {
  let rest = random();
  for (const [value, share] of Object.entries(shares)) {
    rest -= share;
    if (rest < 0) return value;
  }
  return Object.keys(shares)[0]!;
}

/** A number of the standard normal distribution (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
