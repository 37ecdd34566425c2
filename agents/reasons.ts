import type { ResourceCard } from '../library/answer.ts';
import type { FoundPassage } from '../library/found-passages.ts';
import { rarestWeight, type TextTools } from '../models/text-tools.ts';
import { FUNCTION_WORDS } from './checks/function-words.ts';
import type { Language } from './notices.ts';

/** From here on a duration is told in hours: nobody plans a course in minutes. */
const LONG_MINUTES = 180;
const hours = (minutes: number) => Math.round(minutes / 60);

/** What a reason can be made of: facts of the resource, and its passages that were found, best first. */
export interface ReasonFacts {
  stage?: string | null | undefined;
  minutes?: number | null | undefined;
  passages: { heading: string[]; text: string }[];
  /** What to know first, as a reader can read it. */
  prerequisites?: string[];
}

const STAGE_NAMES: Record<string, Record<Language, string>> = {
  preschool: { zh: '学前', en: 'preschool' },
  primary: { zh: '小学', en: 'primary school' },
  junior: { zh: '初中', en: 'junior secondary' },
  senior: { zh: '高中', en: 'senior secondary' },
  vocational: { zh: '职业教育', en: 'vocational education' },
  higher: { zh: '高等教育', en: 'higher education' },
  lifelong: { zh: '终身学习', en: 'lifelong learning' },
};
/** More matched terms than this are a list, not a reason. */
const MOST_TERMS = 3;
const MOST_PREREQUISITES = 3;

/** How each fact is said; `terms` is '' where no word of what was asked was found. */
const PHRASES = {
  zh: {
    section: (heading: string, terms: string) =>
      terms === '' ? `“${heading}”一节与此相关` : `“${heading}”一节讲到${terms}`,
    terms: (terms: string) => `讲到${terms}`,
    stage: (stage: string) => `适合${stage}`,
    minutes: (minutes: number) =>
      minutes < LONG_MINUTES ? `约 ${minutes} 分钟` : `约 ${hours(minutes)} 小时`,
    before: (titles: string) => `先修：${titles}`,
    nothing: '内容与此相近',
    between: ['、', '，', '。'],
  },
  en: {
    section: (heading: string, terms: string) =>
      terms === ''
        ? `The section “${heading}” bears on this`
        : `The section “${heading}” deals with ${terms}`,
    terms: (terms: string) => `It deals with ${terms}`,
    stage: (stage: string) => `for ${stage}`,
    minutes: (minutes: number) =>
      minutes < LONG_MINUTES ? `about ${minutes} minutes` : `about ${hours(minutes)} hours`,
    before: (titles: string) => `know first: ${titles}`,
    nothing: 'Its content is close to this',
    between: [', ', '; ', '.'],
  },
} as const;

/** Why a resource is in a list, out of facts alone: where it matches and by what, for whom, how long, what comes first. */
export function reasonFor(asked: string, facts: ReasonFacts, language: Language, tools: TextTools): string {
  const say = PHRASES[language];
  const [comma, semicolon, stop] = say.between;
  const terms = matchedTerms(asked, facts.passages, tools).join(comma);
  const said = [matchOf(facts.passages[0]?.heading.at(-1), terms, language)];
  if (facts.stage && STAGE_NAMES[facts.stage]) said.push(say.stage(STAGE_NAMES[facts.stage]![language]));
  if (facts.minutes) said.push(say.minutes(facts.minutes));
  const before = (facts.prerequisites ?? []).slice(0, MOST_PREREQUISITES);
  if (before.length > 0) said.push(say.before(before.join(comma)));
  return capitalised(said.filter(part => part !== '').join(semicolon) || say.nothing) + stop;
}

function matchOf(heading: string | undefined, terms: string, language: Language): string {
  if (heading) return PHRASES[language].section(heading, terms);
  return terms === '' ? '' : PHRASES[language].terms(terms);
}

/** A prerequisite that is named by its id alone means nothing to a reader. */
export function isReadable(prerequisite: string): boolean {
  return !/^\S+[/:]\S+$/u.test(prerequisite);
}

/** Words of what was asked that the passages have, rarest first. */
function matchedTerms(asked: string, passages: ReasonFacts['passages'], tools: TextTools): string[] {
  const text = passages.map(passage => `${passage.heading.join(' ')} ${passage.text}`).join('\n');
  const terms = new Set(tools.analyse(text));
  const weighed = [...new Set(tools.words(asked))]
    .filter(word => word.length > 1)
    .map(word => ({ word, found: tools.analyse(word) }))
    .filter(({ found }) => found.length > 0 && found.every(term => terms.has(term)))
    .map(({ word, found }) => ({ word, weight: Math.min(...found.map(term => tools.weigh(term))) }));
  return weighed
    .filter(
      ({ word, weight }) => weight > rarestWeight(word, tools) * COMMON_SHARE && !FUNCTION_WORDS.has(word),
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_TERMS)
    .map(({ word }) => word);
}

/** Words below this share of the rarest term's weight ("what", "可以") say nothing about a match. */
const COMMON_SHARE = 0.3;

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The card of a passage's resource. */
export function cardOf(passage: FoundPassage, reason: string): ResourceCard {
  const { resourceId, title, description, language, stage, subject, grade, type, provider, minutes, url } =
    passage;
  return {
    resourceId,
    title,
    description,
    language,
    stage,
    subject,
    grade,
    type,
    provider,
    minutes,
    url,
    reason,
  };
}

/**
 * What scores below this share of the best is only there because something had to be third or fourth. Of ten questions
 * on the samples every resource that bears on them has 0.59 and more, those that share a word by chance mostly below.
 */
const FAR = 0.5;

/** What is worth showing of a list that comes best first: better a short one. */
export function withoutFar<T extends { score: number }>(found: T[]): T[] {
  return found.filter(({ score }) => score >= FAR * found[0]!.score);
}

/** The resources of passages in their order, each with its passages. */
export function groupByResource<P extends FoundPassage>(passages: P[]): P[][] {
  const groups = new Map<string, P[]>();
  for (const passage of passages) {
    groups.set(passage.resourceId, [...(groups.get(passage.resourceId) ?? []), passage]);
  }
  return [...groups.values()];
}
