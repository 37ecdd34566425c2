import { topicOf } from '../models/offline/question-kind.ts';
import type { TextTools } from '../models/text-tools.ts';
import type { PassageResult, ScoredPassage } from './search.ts';

/** What speaks for the library answering a question, each between 0 and 1. */
export interface EvidenceFeatures {
  /** Share of the question's idf mass in the best of the three top passages with its title. */
  coverage: number;
  /** Lexical score of the best resource as a share of what a perfect text would score. */
  strength: number;
  /** How far the best resource stands out from the second. */
  margin: number;
  /** Share of the question's idf mass in the best sentence with its title. */
  sentence: number;
  /** Share of the question's distinct Han characters (or, without any, terms) in that sentence. */
  characters: number;
}

const TOP = 3;

/** Measures what was found for a question. Pure. */
export function evidenceFeatures(
  question: string,
  { passages, strength }: PassageResult,
  tools: TextTools,
): EvidenceFeatures {
  const topic = topicOf(question) || question;
  const weights = new Map(tools.analyse(topic).map(term => [term, tools.weigh(term)]));
  const all = Math.max(
    [...weights.values()].reduce((sum, weight) => sum + weight, 0),
    1e-9,
  );
  const coverage = (terms: Iterable<string>) => {
    let sum = 0;
    for (const term of new Set(terms)) sum += weights.get(term) ?? 0;
    return sum / all;
  };
  const titled = (passage: ScoredPassage) => tools.analyse([passage.title, ...passage.heading].join(' '));
  const whole = passages
    .slice(0, TOP)
    .map(passage => coverage([...titled(passage), ...tools.analyse(passage.text)]));
  const sentences = passages.flatMap(passage =>
    tools
      .splitSentences(passage.text)
      .map(({ text }) => ({ text, coverage: coverage([...titled(passage), ...tools.analyse(text)]) })),
  );
  const best = sentences.reduce((a, b) => (b.coverage > a.coverage ? b : a), { text: '', coverage: 0 });
  const first = passages[0];
  const second = passages.find(({ resourceId }) => resourceId !== first?.resourceId);
  return {
    coverage: Math.max(0, ...whole),
    strength,
    margin: first ? 1 - (second?.score ?? 0) / Math.max(first.score, 1e-9) : 0,
    sentence: best.coverage,
    characters: characterShare(topic, best.text, tools),
  };
}

function characterShare(topic: string, sentence: string, tools: TextTools): number {
  const characters = [...new Set(topic.match(/\p{Script=Han}/gu) ?? [])];
  if (characters.length > 0)
    return characters.filter(character => sentence.includes(character)).length / characters.length;
  const asked = tools.analyse(topic);
  const said = new Set(tools.analyse(sentence));
  return asked.length === 0 ? 0 : asked.filter(term => said.has(term)).length / asked.length;
}

/**
 * Logistic regression on factual questions of two encyclopaedias and their textbook counterparts, with the resource that
 * answers and without it. WEIGHTS are placeholders until fitted.
 */
const WEIGHTS: Record<keyof EvidenceFeatures, number> & { bias: number } = {
  bias: -4,
  coverage: 1.5,
  strength: 3,
  margin: 2,
  sentence: 3,
  characters: 2.5,
};

/** Probability, 0 to 1, that what was found answers the question. */
export function judgeEvidence(question: string, found: PassageResult, tools: TextTools): number {
  const features = evidenceFeatures(question, found, tools);
  let sum = WEIGHTS.bias;
  for (const name of Object.keys(features) as (keyof EvidenceFeatures)[])
    sum += WEIGHTS[name] * features[name];
  return 1 / (1 + Math.exp(-sum));
}
