import { SECTION_KEYS, type SectionKey } from '../library/lesson-plan.ts';
import { familyOfText, type TextTools } from '../models/text-tools.ts';
import { familyOf } from '../retrieval/language.ts';
import type { ScoredPassage } from '../retrieval/search.ts';
import type { SectionTask } from './draft-section.ts';
import type { FindPassages } from './evidence.ts';
import { SECTIONS } from './plan-sections.ts';
import { groupByResource } from './reasons.ts';
import { stoppedBy } from './run-state.ts';

/** The passages that a plan may rest on: those of the topic, and for each section what is nearest to it. */
export interface PlanPassages {
  topic: ScoredPassage[];
  of: Record<SectionKey, ScoredPassage[]>;
}

const ON_TOPIC = 16;
/** Of resources that the teacher chose, so that every one of them has its say. */
const IN_CHOSEN = 64;
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

/**
 * What a plan may rest on: where the teacher chose resources, theirs come first, and others only where the request goes
 * beyond them.
 */
export async function findPlanPassages(
  task: SectionTask,
  deps: { findPassages: FindPassages; tools: TextTools },
): Promise<PlanPassages> {
  const { resourceIds, beyond } = task.request;
  if (!resourceIds) return findOnTopic(task, deps);
  const chosen = await findInChosen(task, deps, resourceIds);
  if (!beyond) return chosen;
  const others = await findOnTopic(task, deps);
  const of = {} as PlanPassages['of'];
  for (const key of SECTION_KEYS) of[key] = joined(chosen.of[key], others.of[key]).slice(0, SHOWN);
  return { topic: joined(chosen.topic, others.topic), of };
}

/** The second list after the first, nothing twice. */
function joined(first: ScoredPassage[], second: ScoredPassage[]): ScoredPassage[] {
  const known = new Set(first.map(({ passageId }) => passageId));
  return [...first, ...second.filter(({ passageId }) => !known.has(passageId))];
}

/** One search of a plan: passages about a query, best first. */
function createSearch(
  { request, language, asker, signal }: SectionTask,
  findPassages: FindPassages,
  resourceIds?: string[],
) {
  const { stage } = request;
  const prefer = { language, ...(stage ? { stage } : {}) };
  return async (query: string, limit: number): Promise<ScoredPassage[]> => {
    if (signal?.aborted) throw stoppedBy(signal);
    const narrowed = resourceIds ? { filters: { resourceIds } } : {};
    return (await findPassages({ query, limit, prefer, ...narrowed }, asker)).passages;
  };
}

/**
 * Only in the resources that the teacher chose. These are judged as wholes: whoever chose a resource means all that it
 * says, so one that has the topic anywhere in what was found gives all its passages.
 */
async function findInChosen(
  task: SectionTask,
  { findPassages, tools }: { findPassages: FindPassages; tools: TextTools },
  resourceIds: string[],
): Promise<PlanPassages> {
  const { topic, subject } = task.request;
  const search = createSearch(task, findPassages, resourceIds);
  const covers = coverageOf(topic, tools);
  const wide = await search([topic, subject].filter(Boolean).join(' '), IN_CHOSEN);
  const best = wide[0]?.score ?? 0;
  const fitting = new Set(
    groupByResource(wide).flatMap(group => {
      const { resourceId, title, description, teaches, language, score } = group[0]!;
      const said = group.map(({ heading, text }) => `${heading.join(' ')} ${text}`);
      const fits =
        familyOf(language) === familyOfText(topic)
          ? covers([title, description ?? '', ...teaches, ...said].join('\n')) >= LEAST_COVERAGE
          : score >= LEAST_FOREIGN_SCORE * best;
      return fits ? [resourceId] : [];
    }),
  );
  const fits = (passages: ScoredPassage[]) => passages.filter(({ resourceId }) => fitting.has(resourceId));
  const topical = inTurn(fits(wide));
  const of = {} as PlanPassages['of'];
  for (const key of SECTION_KEYS) {
    const query = `${topic} ${SECTIONS[key].search[task.language]}`;
    const own = fitting.size === 0 ? [] : fits(await search(query, PER_SECTION));
    of[key] = joined(own, topical).slice(0, SHOWN);
  }
  return { topic: topical, of };
}

/** The best passage of each resource, then the second of each, and so on. */
function inTurn(passages: ScoredPassage[]): ScoredPassage[] {
  const groups = groupByResource(passages);
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => groups.flatMap(group => group[turn] ?? [])).flat();
}

/** Searches by the topic, and once more for each section by topic and section. */
async function findOnTopic(
  task: SectionTask,
  { findPassages, tools }: { findPassages: FindPassages; tools: TextTools },
): Promise<PlanPassages> {
  const { topic, subject } = task.request;
  const search = createSearch(task, findPassages);
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
      found.length === 0
        ? []
        : fits(await search(`${topic} ${SECTIONS[key].search[task.language]}`, PER_SECTION));
    of[key] = joined(own, topical).slice(0, SHOWN);
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
