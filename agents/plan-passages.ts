import { SECTION_KEYS, type SectionKey } from '../library/lesson-plan.ts';
import { familyOfText, type TextTools } from '../models/text-tools.ts';
import type { ScoredPassage } from '../retrieval/search.ts';
import type { SectionTask } from './draft-section.ts';
import { SECTIONS } from './plan-sections.ts';
import type { FindPassages } from './tutor.ts';

/** The passages that a plan may rest on: those of the topic, and for each section what is nearest to it. */
export interface PlanPassages {
  topic: ScoredPassage[];
  of: Record<SectionKey, ScoredPassage[]>;
}

const ON_TOPIC = 16;
const PER_SECTION = 8;
/** A section is shown its own finds first, then those of the topic, so many in all. */
const SHOWN = 12;
/**
 * Share of the topic's idf mass that a passage with its title must have: "common mistakes" are found in every subject,
 * and only those of the topic belong into its plan.
 */
const LEAST_COVERAGE = 0.5;
/** Words of two languages cannot be compared; there the score must be near that of the best passage. */
const LEAST_FOREIGN_SCORE = 0.6;

/** Searches by the topic, and once more for each section by topic and section. */
export async function findPlanPassages(
  { request, language, asker, signal }: SectionTask,
  { findPassages, tools }: { findPassages: FindPassages; tools: TextTools },
): Promise<PlanPassages> {
  const { topic, subject, stage } = request;
  const prefer = { language, ...(stage ? { stage } : {}) };
  const about = onTopic(topic, tools);
  const search = async (query: string, limit: number) => {
    signal?.throwIfAborted();
    return about((await findPassages({ query, limit, prefer }, asker)).passages);
  };
  const found = await search([topic, subject].filter(Boolean).join(' '), ON_TOPIC);
  const of = {} as PlanPassages['of'];
  for (const key of SECTION_KEYS) {
    const own =
      found.length === 0 ? [] : await search(`${topic} ${SECTIONS[key].search[language]}`, PER_SECTION);
    const known = new Set(own.map(({ passageId }) => passageId));
    of[key] = [...own, ...found.filter(({ passageId }) => !known.has(passageId))].slice(0, SHOWN);
  }
  return { topic: found, of };
}

function onTopic(topic: string, tools: TextTools) {
  const weights = new Map(tools.analyse(topic).map(term => [term, tools.weigh(term)]));
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  return (passages: ScoredPassage[]): ScoredPassage[] => {
    const best = passages[0]?.score ?? 0;
    return passages.filter(({ title, heading, text, score }) => {
      if (familyOfText(text) !== familyOfText(topic)) return score >= LEAST_FOREIGN_SCORE * best;
      const terms = new Set(tools.analyse(`${title} ${heading.join(' ')} ${text}`));
      let sum = 0;
      for (const [term, weight] of weights) if (terms.has(term)) sum += weight;
      return sum / all >= LEAST_COVERAGE;
    });
  };
}
