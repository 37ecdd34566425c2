/** A stretch of a text: `text === whole.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
  text: string;
}

/** What the offline chat model and the checks on answers need to know about language. */
export interface TextTools {
  /** Distinct terms of a text, comparable between texts (stems, Han bigrams); opaque strings. */
  analyse(text: string): string[];
  /** Han words and other words of a text in order, in lower case and simplified characters, not stemmed. */
  words(text: string): string[];
  /** Inverse document frequency of a term in the library: larger is rarer, never negative. */
  weigh(term: string): number;
  /** Sentences and list items of a text, in order, without the white space between them. */
  splitSentences(text: string): Span[];
}

/** Texts kept; emptied when full, it fills again in milliseconds. */
const CACHED_TEXTS = 5_000;

/** The same tools, remembering what they said of a text: a plan looks at each sentence some thirty times. */
export function cachedTools(tools: TextTools): TextTools {
  const remembering = <Result>(work: (text: string) => Result): ((text: string) => Result) => {
    const known = new Map<string, Result>();
    return text => {
      let result = known.get(text);
      if (result === undefined) {
        if (known.size >= CACHED_TEXTS) known.clear();
        result = work(text);
        known.set(text, result);
      }
      return result;
    };
  };
  return {
    analyse: remembering(tools.analyse),
    words: remembering(tools.words),
    splitSentences: remembering(tools.splitSentences),
    weigh: tools.weigh,
  };
}

/** Share of Han characters (and Chinese punctuation) among the visible characters of a text, 0 to 1. */
export function hanShare(text: string): number {
  const visible = text.replace(/\s/g, '');
  if (visible === '') return 0;
  return (visible.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu)?.length ?? 0) / visible.length;
}

/** `zh` when at least three in ten characters are Han (formulas and names are Latin in Chinese texts too), else `en`. */
export function familyOfText(text: string): 'zh' | 'en' {
  return hanShare(text) >= 0.3 ? 'zh' : 'en';
}

/** The weight of a word that the library does not have, in the statistics of the word's script. */
export function rarestWeight(word: string, tools: TextTools): number {
  return Math.max(tools.weigh(/\p{Script=Han}/u.test(word) ? '龘靐' : 'zqxjvk'), 1e-9);
}
