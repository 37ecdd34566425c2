import { bulkhead } from 'cockatiel';
import type { Asker } from '../library/accounts.ts';
import type { Citation } from '../library/answer.ts';
import { AppError } from '../library/errors.ts';
import {
  type LessonPlan,
  type PlanBasis,
  type PlanRequest,
  type PlanSection,
  SECTION_KEYS,
  type SectionKey,
} from '../library/lesson-plan.ts';
import { cachedTools, familyOfText, type TextTools } from '../models/text-tools.ts';
import { type CitationList, createCitationList } from './citations.ts';
import { type DraftedSection, draftSection, type SectionTask } from './draft-section.ts';
import type { FindPassages } from './evidence.ts';
import { noticeOf } from './notices.ts';
import { findPlanPassages, type PlanPassages } from './plan-passages.ts';
import { MODES, splitMinutes } from './plan-sections.ts';
import { cardOf, groupByResource, reasonFor } from './reasons.ts';
import type { Runner } from './run.ts';
import type { OnEvent } from './write-answer.ts';

/** For whom a plan is drafted, and what stands behind its `resourceIds`. */
export interface PlanContext {
  asker: Asker | null;
  planId?: string | null;
  signal?: AbortSignal;
  chosen?: PlanBasis['resources'];
}

export interface PlannerDeps {
  runner: Runner;
  findPassages: FindPassages;
  tools: TextTools;
}

/** Sections drafted at a time: most of the gain in time, without a burst that a provider would limit. */
const AT_ONCE = 3;
const RESOURCES = 5;
/** Sections that gather what others say too; elsewhere nothing is said twice. */
const REPEATING = new Set<SectionKey>(['misconceptions', 'keywords', 'board-plan']);

/** Drafts lesson plans: searches, sections side by side, every statement checked, events in the order of the plan. */
export function createPlanner(given: PlannerDeps) {
  const deps = { ...given, tools: cachedTools(given.tools) };
  return {
    /** @throws AppError when no model could be asked, or `stopped` before there was anything to keep */
    async draft(
      request: PlanRequest,
      { asker, planId, signal, chosen = [] }: PlanContext,
      onEvent: OnEvent,
    ): Promise<LessonPlan> {
      const language = request.language ?? familyOfText(request.topic);
      const task: SectionTask = { request, language, asker, planId, signal };
      const split: Partial<Record<SectionKey, number>> = splitMinutes(request.minutes, request.mode);
      const outline = SECTION_KEYS.map(key => ({ key, minutes: split[key] ?? null }));
      const title = language === 'zh' ? `《${request.topic}》教学设计` : `Lesson plan: ${request.topic}`;
      const { topic, subject, stage, grade, minutes, mode, beyond } = request;
      const basis = chosen.length > 0 ? { resources: chosen, beyond } : null;
      const head = { title, subject, stage, grade, minutes, mode, basis };
      await onEvent('plan-outline', { ...head, sections: outline });

      const passages = await findPlanPassages(task, deps);
      const lane = bulkhead(AT_ONCE, SECTION_KEYS.length);
      const drafts = outline.map(({ key, minutes }) =>
        lane
          .execute(() => draftSection({ key, minutes, passages: passages.of[key] }, task, deps))
          .catch(stopQuietly(key, deps)),
      );
      const sections: PlanSection[] = [];
      const citations = createCitationList();
      const models = new Set<string>();
      const used = new Set<string>();
      // A failure is thrown when its turn comes; until then nobody else would hear it.
      const settled = Promise.allSettled(drafts);
      for (const [i, draft] of drafts.entries()) {
        const drafted = await draft.catch(async error => {
          await settled;
          throw error;
        });
        const { section, added } = assembled(drafted, outline[i]!.minutes, { task, citations, used });
        if (drafted.items.length > 0) models.add(drafted.model.name);
        sections.push(section);
        await onEvent('section-ready', { section, citations: added });
      }
      if (signal?.aborted && models.size === 0)
        throw new AppError('stopped', 'The plan was stopped before its first section stood.');
      const model = [...models].find(name => name !== 'offline') ?? 'offline';
      const resources = resourcesOf(passages, task, deps.tools);
      return {
        ...head,
        topic,
        language,
        sections,
        citations: citations.all(),
        resources,
        model,
      };
    },
  };
}

/** A stopped plan keeps what stands; the sections that were not reached say that they are empty. */
function stopQuietly(key: SectionKey, { runner }: PlannerDeps) {
  return (error: unknown): DraftedSection => {
    if (!(error instanceof AppError) || error.code !== 'stopped') throw error;
    return { key, items: [], model: runner.models[0], notice: 'emptySection' };
  };
}

function assembled(
  drafted: DraftedSection,
  minutes: number | null,
  { task, citations, used }: { task: SectionTask; citations: CitationList; used: Set<string> },
): { section: PlanSection; added: Citation[] } {
  const { request, language } = task;
  const added: Citation[] = [];
  // What an earlier section says is not said again.
  const items: PlanSection['items'] = drafted.items
    .filter(({ text }) => REPEATING.has(drafted.key) || !used.has(text))
    .map(({ text, supports }) => {
      used.add(text);
      const cited = supports.map(support => {
        const { n, added: citation } = citations.cite(support);
        if (citation) added.push(citation);
        return n;
      });
      return {
        text,
        citations: [...new Set(cited)],
        origin: supports.length > 0 ? ('library' as const) : ('model' as const),
      };
    });
  const notice =
    items.length === 0
      ? noticeOf(language, ['emptySection'])
      : drafted.notice
        ? noticeOf(language, [drafted.notice])
        : null;
  const { line } = MODES[request.mode];
  if (line?.section === drafted.key) items.unshift({ text: line[language], citations: [], origin: 'model' });
  return { section: { key: drafted.key, minutes, items, notice }, added };
}

function resourcesOf(passages: PlanPassages, { request, language }: SectionTask, tools: TextTools) {
  return groupByResource(passages.topic)
    .slice(0, RESOURCES)
    .map(group => {
      const { stage, minutes } = group[0]!;
      return cardOf(
        group[0]!,
        reasonFor(request.topic, { stage, minutes, passages: group }, language, tools),
      );
    });
}
