import { rarestWeight, type TextTools } from '../../models/text-tools.ts';
import { FUNCTION_WORDS, IRREGULAR } from './function-words.ts';

const LATIN =
  /[\p{Script=Latin}\p{Script=Greek}][\p{Script=Latin}\p{Script=Greek}\p{M}\d]*(?:[-'’·][\p{Script=Latin}\d]+)*/gu;
const TITLED = /[《「『“"]([^》」』”"]{1,40})[》」』”"]/gu;
/** Units and commands of formulas: units are compared with their numbers, commands mean the same written out. */
const NO_NAME =
  /^(?:mm|cm|m|km|mg|g|kg|ml|l|s|min|h|n|j|w|v|a|pa|hz|c|f|mathrm|text|times|cdot|frac|dfrac|sqrt|left|right|approx|circ|le|ge|leq|geq|rm|quad)$/iu;
/**
 * A word that the evidence lacks names something from this share of the rarest term's weight on. Of the words that
 * hand-written paraphrases add, none but function words lies above it; swapped names lie at 0.65 and more.
 */
const RARE = 0.5;
/**
 * An English sentence may add one word below this: its writers vary verbs more, and names have their capital. Of content
 * words swapped at random, 0.76 are noticed so (0.23 at 0.85); in Chinese, where none is excused, 0.97.
 */
const COMMON = 0.6;

/**
 * The first name of `sentence` that `evidence` lacks: words in Latin script that stand out (any in a Chinese sentence,
 * capitals and codes in an English one), titles and terms in quotation marks, and words rare enough to name something.
 */
export function missingName(sentence: string, evidence: string, tools: TextTools): string | undefined {
  const known = tools.words(evidence);
  const words = new Set(known);
  const characters = new Set(known.join(''));
  const joined = known.join('');
  const terms = new Set(tools.analyse(evidence));
  const has = (text: string) =>
    tools.words(text).every(word => words.has(word) || (isHan(word) && joined.includes(word)));
  const hasTerms = (text: string) => {
    const found = tools.analyse(text);
    return found.length > 0 && found.every(term => terms.has(term));
  };
  const knows = (text: string) => has(text) || hasTerms(text) || hasTerms(IRREGULAR[text] ?? '');
  /** Another cut of known characters ("上气" out of "高山上气压") is no new word. */
  const isRecut = (word: string) =>
    isHan(word) && [...word].filter(character => !characters.has(character)).length * 2 < word.length;

  const apart = standingOut(sentence).find(name => !knows(name));
  if (apart !== undefined) return apart;
  const titled = [...sentence.matchAll(TITLED)].map(([, title]) => title!).find(title => !knows(title));
  if (titled !== undefined) return titled;
  const rarities = tools
    .words(sentence)
    .filter(word => word.length > 1 && !/^\d/u.test(word) && !FUNCTION_WORDS.has(word))
    .filter(word => !knows(word) && !isRecut(word))
    .map(word => ({ word, rarity: rarityOf(word, tools) }))
    .filter(({ rarity }) => rarity >= RARE)
    .sort((a, b) => b.rarity - a.rarity);
  const [rarest] = rarities;
  const excused = rarest && !isHan(rarest.word) && rarities.length === 1 && rarest.rarity < COMMON;
  return excused ? undefined : rarest?.word;
}

function standingOut(sentence: string): string[] {
  const chinese = isHan(sentence);
  return [...sentence.matchAll(LATIN)].flatMap(({ 0: word, index }) => {
    if (NO_NAME.test(word)) return [];
    const opens = /^[\s*_"'“‘(]*$|[.!?:]["”’)*]*\s+[*_"'“‘(]*$/u.test(sentence.slice(0, index));
    const capital = /^\p{Lu}/u.test(word) && !(opens && FUNCTION_WORDS.has(word.toLowerCase()));
    return chinese || capital || /\d/u.test(word) ? [word] : [];
  });
}

/** The weight of a word's commonest term as a share of the weight of a term that the library does not have. */
function rarityOf(word: string, tools: TextTools): number {
  const weights = tools.analyse(word).map(term => tools.weigh(term));
  return weights.length === 0 ? 0 : Math.min(...weights) / rarestWeight(word, tools);
}

function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
