import { z } from 'zod';
import type { Asker } from '../library/accounts.ts';
import { AppError } from '../library/errors.ts';
import type { PlanRequest, SectionKey } from '../library/lesson-plan.ts';
import type { ChatModels, NamedModel } from '../models/chat-models.ts';
import { escapeTags, tagged, unescapeTags } from '../models/tagged-text.ts';
import type { TextTools } from '../models/text-tools.ts';
import { loadPrompt } from '../prompts/load.ts';
import type { ScoredPassage } from '../retrieval/search.ts';
import type { AgentSpec } from './agent.ts';
import type { Support } from './citations.ts';
import { cleanText } from './clean-text.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import type { Language, NoticeKey } from './notices.ts';
import { MODES, SECTIONS } from './plan-sections.ts';
import { isReadable } from './reasons.ts';
import type { Runner } from './run.ts';
import { createSupportFinder, type SupportFinder } from './support.ts';
import { toneFor } from './tone.ts';
import { verifySentence } from './verify.ts';

const draftSchema = z
  .object({ items: z.array(z.object({ text: z.string(), passages: z.array(z.number().int()) })) })
  .meta({ title: 'PlanSection' });
type Draft = z.infer<typeof draftSchema>;

const PLANNER: AgentSpec<Draft> = {
  name: 'planner',
  prompt: loadPrompt('planner/section'),
  output: draftSchema,
  limits: { modelCalls: 2, toolCalls: 0, seconds: 120 },
};
const LANGUAGE_NAMES = { zh: 'Chinese', en: 'English' };
/** One or two sentences; a worked example may be longer. */
const LONGEST_ITEM = 500;

/** An item that passed the checks, with what carries it; none for what only arranges the lesson. */
export interface CheckedItem {
  text: string;
  supports: Support[];
}

export interface DraftedSection {
  key: SectionKey;
  items: CheckedItem[];
  model: NamedModel;
  notice: NoticeKey | undefined;
}

/** What every section of a plan is drafted with. */
export interface SectionTask {
  request: PlanRequest;
  language: Language;
  asker: Asker | null;
  planId: string | null | undefined;
  signal: AbortSignal | undefined;
}

/**
 * Drafts one section: model, checks, one repair, and where that fails, quotations from the library. Empty with a notice
 * when the library has nothing, for filler helps nobody.
 * @throws AppError when no model could be asked, or `stopped`
 */
export async function draftSection(
  section: { key: SectionKey; minutes: number | null; passages: ScoredPassage[] },
  task: SectionTask,
  { runner, tools }: { runner: Runner; tools: TextTools },
): Promise<DraftedSection> {
  const { key, passages } = section;
  if (passages.length === 0) return { key, items: [], model: runner.models[0], notice: 'emptySection' };
  const evidence = createEvidence(passages);
  const { asker, planId, signal } = task;
  const run = { asker, planId, signal };
  const supports = createSupportFinder(evidence, { tools, runner, run });

  async function attempt(faults: string[], models: ChatModels) {
    const { output, model } = await runner.produce(PLANNER, {
      ...run,
      values: valuesFor(section, task),
      message: messageFor(section, task, evidence, faults),
      evidence: evidence.snapshot,
      models,
    });
    return { model, ...(await check(output, key, { evidence, supports, tools })) };
  }

  const online = runner.models.filter(model => !model.offline) as unknown as ChatModels | [];
  const offline = runner.models.filter(model => model.offline) as unknown as ChatModels | [];
  if (online.length > 0) {
    try {
      const first = await attempt([], online as ChatModels);
      const best =
        first.faults.length === 0 ? first : better(first, await attempt(first.faults, online as ChatModels));
      if (best.items.length > 0 || best.faults.length === 0) return finished(key, best, undefined);
    } catch (error) {
      if (offline.length === 0 || (error instanceof AppError && error.code === 'stopped')) throw error;
    }
  }
  if (offline.length === 0) return { key, items: [], model: runner.models[0], notice: 'emptySection' };
  return finished(
    key,
    await attempt([], offline as ChatModels),
    online.length > 0 ? 'sectionFailed' : undefined,
  );
}

function finished(
  key: SectionKey,
  { items, model }: { items: CheckedItem[]; model: NamedModel },
  notice: NoticeKey | undefined,
): DraftedSection {
  return { key, items, model, notice: items.length === 0 ? 'emptySection' : notice };
}

type Attempt = { items: CheckedItem[]; faults: string[]; model: NamedModel };

function better(first: Attempt, second: Attempt): Attempt {
  return second.items.length >= first.items.length ? second : first;
}

function valuesFor(section: { key: SectionKey; minutes: number | null }, { request, language }: SectionTask) {
  const { name, instruction, max } = SECTIONS[section.key];
  const time = section.minutes === null ? '' : ` This section takes ${section.minutes} of them.`;
  return {
    language: LANGUAGE_NAMES[language],
    tone: toneFor(request.stage),
    section: name,
    instruction,
    frame: `The lesson has ${request.minutes} minutes.${time} Its mode is ${MODES[request.mode].meaning}.`,
    max: `${max}`,
  };
}

function messageFor(
  section: { key: SectionKey },
  { request }: SectionTask,
  evidence: Evidence,
  faults: string[],
): string {
  const { topic, subject, grade } = request;
  const all = evidence.all().map((_, i) => i + 1);
  return [
    evidence.block(all),
    tagged('task', 'draft-section'),
    tagged('topic', topic, { subject, grade }),
    ...factsFor(section.key, evidence).map(({ n, text }) => tagged('fact', text, { n })),
    tagged('section', SECTIONS[section.key].name, { key: section.key, max: SECTIONS[section.key].max }),
    ...(faults.length > 0 ? [tagged('faults', faults.join('\n'))] : []),
  ].join('\n');
}

async function check(
  draft: Draft,
  key: SectionKey,
  { evidence, supports, tools }: { evidence: Evidence; supports: SupportFinder; tools: TextTools },
): Promise<{ items: CheckedItem[]; faults: string[] }> {
  const { max, factual } = SECTIONS[key];
  const items: CheckedItem[] = [];
  const faults: string[] = [];
  for (const { text: written, passages } of draft.items) {
    const text = cleanText(unescapeTags(written));
    const named = `“${escapeTags(written.slice(0, 80))}”`;
    if (text === undefined || text.length > LONGEST_ITEM) {
      faults.push(`${named} is empty, longer than ${LONGEST_ITEM} characters or has a link in it.`);
    } else if (items.length === max) {
      faults.push(`There are more than ${max} items.`);
      break;
    } else if (items.every(item => item.text !== text)) {
      const found = passages.length > 0 ? await carried(text, passages, { evidence, supports, tools }) : [];
      if (passages.length > 0 && found.length === 0)
        faults.push(`${named} is not carried by passage ${passages.join(', ')}.`);
      else if (passages.length === 0 && factual)
        faults.push(`${named} names no passage, but this section is for facts.`);
      else items.push({ text, supports: found });
    }
  }
  return { items, faults };
}

/** What the resources say of themselves that belongs into a section, each with the first passage of its resource. */
function factsFor(key: SectionKey, evidence: Evidence): { n: number; text: string }[] {
  const found = new Map<string, number>();
  for (const [i, { teaches, prerequisites }] of evidence.all().entries()) {
    const said =
      key === 'outcomes' ? teaches : key === 'prior-knowledge' ? prerequisites.filter(isReadable) : [];
    for (const text of said) if (!found.has(text)) found.set(text, i + 1);
  }
  return [...found].map(([text, n]) => ({ text, n }));
}

/** A heading, or what a resource says of itself, stands for its passage: the nearest span shows what it is about. */
async function carried(
  text: string,
  cited: number[],
  { evidence, supports, tools }: { evidence: Evidence; supports: SupportFinder; tools: TextTools },
): Promise<Support[]> {
  const headed = cited.flatMap(n => {
    const passage = evidence.find(n);
    const named =
      passage && [...passage.heading, ...passage.teaches, ...passage.prerequisites].includes(text);
    if (!named) return [];
    const { quote, quoteStart } = verifySentence(text, passage, tools);
    return [{ passage, quote, quoteStart, method: 'named' }];
  });
  return headed.length > 0 ? headed : supports.find(text, cited);
}
