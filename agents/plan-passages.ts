import { SECTION_KEYS, type SectionKey } from '../library/lesson-plan.ts';
import { familyOfText, type TextTools } from '../models/text-tools.ts';
import { familyOf } from '../retrieval/language.ts';
import type { ScoredPassage } from '../retrieval/search.ts';
import type { SectionTask } from './draft-section.ts';
import type { FindPassages } from './evidence.ts';
import { SECTIONS } from './plan-sections.ts';
import { stoppedBy } from './run-state.ts';

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
const LEAST_COVERAGE = 0.4;
/** Words of two languages cannot be compared; there the score must be near that of the best passage. */
const LEAST_FOREIGN_SCORE = 0.6;

/** Searches by the topic, and once more for each section by topic and section. */
export async function findPlanPassages(
  { request, language, asker, signal }: SectionTask,
  { findPassages, tools }: { findPassages: FindPassages; tools: TextTools },
): Promise<PlanPassages> {
  const { topic, subject, stage } = request;
  const prefer = { language, ...(stage ? { stage } : {}) };
  const search = async (query: string, limit: number) => {
    if (signal?.aborted) throw stoppedBy(signal);
    return (await findPassages({ query, limit, prefer }, asker)).passages;
  };
  const covers = coverageOf(topic, tools);
  const wide = await search([topic, subject].filter(Boolean).join(' '), ON_TOPIC);
  const found = aboutTopic(wide, topic, covers);
  // Resources that are about the topic leave out those that only mention it.
  const core = new Set(found.filter(isAbout(covers)).map(({ resourceId }) => resourceId));
  const fits = (passages: ScoredPassage[]) =>
    core.size > 0
      ? passages.filter(passage => core.has(passage.resourceId) || isAbout(covers)(passage))
      : aboutTopic(passages, topic, covers);
  const topical = fits(found);
  const of = {} as PlanPassages['of'];
  for (const key of SECTION_KEYS) {
    const own =
      found.length === 0 ? [] : fits(await search(`${topic} ${SECTIONS[key].search[language]}`, PER_SECTION));
    const known = new Set(own.map(({ passageId }) => passageId));
    of[key] = [...own, ...topical.filter(({ passageId }) => !known.has(passageId))].slice(0, SHOWN);
  }
  return { topic: topical, of };
}

/** Share of the topic's idf mass in a text, 0 to 1. */
function coverageOf(topic: string, tools: TextTools): (text: string) => number {
  const weights = new Map(tools.analyse(topic).map(term => [term, tools.weigh(term)]));
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  return text => {
    const terms = new Set(tools.analyse(text));
    let sum = 0;
    for (const [term, weight] of weights) if (terms.has(term)) sum += weight;
    return sum / all;
  };
}

/** A resource whose title, description or list of what it teaches has the topic. */
function isAbout(covers: (text: string) => number): (passage: ScoredPassage) => boolean {
  return ({ title, description, teaches }) =>
    covers([title, description ?? '', ...teaches].join('\n')) >= LEAST_COVERAGE;
}

function aboutTopic(
  passages: ScoredPassage[],
  topic: string,
  covers: (text: string) => number,
): ScoredPassage[] {
  const best = passages[0]?.score ?? 0;
  return passages.filter(({ title, heading, text, score, language }) =>
    familyOf(language) === familyOfText(topic)
      ? covers(`${title} ${heading.join(' ')} ${text}`) >= LEAST_COVERAGE
      : score >= LEAST_FOREIGN_SCORE * best,
  );
}
