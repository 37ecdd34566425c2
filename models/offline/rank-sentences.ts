import type { Span, TextTools } from '../text-tools.ts';
import { answersKind, questionKinds, topicOf } from './question-kind.ts';
import { quotableSpans } from './quotable-spans.ts';

/** A passage as the offline model reads it out of a prompt. */
export interface ReadPassage {
  n: number;
  title: string;
  heading: string;
  /** The score that retrieval gave it; only ratios matter. */
  score: number;
  text: string;
}

/** A sentence of a passage and how well it answers. */
export interface Candidate {
  passage: ReadPassage;
  span: Span;
  score: number;
}

/**
 * Weights of what speaks for a sentence, each feature between 0 and 1:
 * - `titled`: share of the question's idf mass in the sentence with its title and heading;
 * - `passage`: the same for the whole passage; `score`: the passage's score relative to the best;
 * - `lead`: `titled` times `score`, the best single figure;
 * - `han`: share of the question's distinct Han characters in the sentence; `terms`: of a question without any, its terms;
 * - `kind`: has what the asked-for kind of answer contains; `first`: opens its passage; `asks`: is a question itself.
 *
 * Fitted by softmax over all sentences of the 8 best passages on 800 factual Chinese questions and reported on 800
 * others: answers of at most 120 characters hold a gold answer in 0.88 (0.86 for `lead` alone, 0.82 without `han`).
 * Coverage by the sentence alone, by locally rare terms and by neighbours added nothing. `terms` was set on 800 English
 * textbook questions (0.35 of answers of at most 300 characters, 0.34 without; the 8 passages hold 0.63). `asks` was
 * fitted at -0.4 on texts without exercises; quiz questions in lessons need more.
 *
 * Only where a question asks what something is: `entitled`: how much of the resource's title is that thing; `defines`: the
 * same under a heading that promises a definition; `sets`: the sentence sets the term in bold. Set by hand on questions
 * like "什么是密度" over the samples: of another resource that says much about a theorem the question is not asked.
 */
const WEIGHTS = {
  titled: 4.2,
  passage: 3.6,
  score: 3.2,
  lead: 3,
  han: 5.5,
  terms: 3,
  kind: 1.1,
  first: 0.3,
  entitled: 3,
  defines: 3,
  sets: 2,
  asks: -2.5,
};

/** All sentences of the passages, best first; `asked` is a question or a topic. */
export function rankSentences(asked: string, passages: ReadPassage[], tools: TextTools): Candidate[] {
  const topic = topicOf(asked) || asked;
  const weights = new Map(tools.analyse(topic).map(term => [term, tools.weigh(term)]));
  const all = Math.max(sumOf(weights.values()), 1e-9);
  const coverage = (terms: Set<string>) =>
    sumOf([...weights].map(([term, weight]) => (terms.has(term) ? weight : 0))) / all;
  const kinds = questionKinds(asked);
  const characters = [...new Set(topic.match(/\p{Script=Han}/gu) ?? [])];
  const isDefinition = kinds.includes('definition');
  const best = Math.max(...passages.map(passage => passage.score), 1e-9);

  const isTopic = (part: string) => entitledShare(part, weights, tools) > 0.99;

  return passages
    .flatMap(passage => {
      const named = tools.analyse(`${passage.title} ${passage.heading}`);
      const whole = coverage(new Set([...named, ...tools.analyse(passage.text)]));
      const score = passage.score / best;
      const entitled = isDefinition ? entitledShare(passage.title, weights, tools) : 0;
      return quotableSpans(passage.text, tools).map((span, i) => {
        const own = new Set(tools.analyse(span.text));
        const titled = coverage(new Set([...named, ...own]));
        const features = {
          titled,
          passage: whole,
          score,
          lead: titled * score,
          han: shareOf(characters, character => span.text.includes(character)),
          terms: characters.length > 0 ? 0 : shareOf([...weights.keys()], term => own.has(term)),
          kind: shareOf(kinds, kind => answersKind(span.text, kind)),
          first: i === 0 ? 1 : 0,
          entitled,
          defines: DEFINES.test(passage.heading) ? entitled : 0,
          sets: isDefinition && emphasised(span.text).some(isTopic) ? 1 : 0,
          asks: /[？?]["”’」』)）]*$/u.test(span.text) ? 1 : 0,
        };
        return { passage, span, score: weighted(features) };
      });
    })
    .sort((a, b) => b.score - a.score);
}

/** Headings under which a lesson says what its subject is. */
const DEFINES =
  /定[义義]|概念|[内內]容|是[什甚][么麼]|[认認][识識]|\bwhat (?:is|are|does)\b|\bdefin|\bmeaning\b/iu;

/**
 * How much of what a title names is asked for: 1 where the question is about just that. Of a title in parts ("Density:
 * mass packed into space") the best part counts.
 */
function entitledShare(title: string, asked: ReadonlyMap<string, number>, tools: TextTools): number {
  const shares = title.split(/[:：（(《》）)、，,;；]| [-–—] /u).map(part => {
    const terms = tools.analyse(part);
    const all = sumOf(terms.map(tools.weigh));
    return all === 0 ? 0 : sumOf(terms.filter(term => asked.has(term)).map(tools.weigh)) / all;
  });
  return Math.max(0, ...shares);
}

/** The terms that a sentence sets in bold, as lessons do where they say what a term means. */
function emphasised(text: string): string[] {
  return [...text.matchAll(/\*\*([^*]{1,60})\*\*/gu)].map(match => match[1]!);
}

function weighted(features: typeof WEIGHTS): number {
  let sum = 0;
  for (const name of Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]) sum += WEIGHTS[name] * features[name];
  return sum;
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function shareOf<T>(items: T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}
