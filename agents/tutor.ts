import type { Asker } from '../library/accounts.ts';
import type { Answer, ResourceCard } from '../library/answer.ts';
import type { Stage } from '../library/resources.ts';
import type { ChatModels } from '../models/chat-models.ts';
import { questionKinds } from '../models/offline/question-kind.ts';
import { tagged } from '../models/tagged-text.ts';
import { cachedTools, familyOfText, type TextTools } from '../models/text-tools.ts';
import { loadPrompt } from '../prompts/load.ts';
import type { PassageResult } from '../retrieval/search.ts';
import type { AgentSpec } from './agent.ts';
import { type CitationList, createCitationList } from './citations.ts';
import { createEvidence, type Evidence, type FindPassages } from './evidence.ts';
import { type Language, type NoticeKey, noticeOf } from './notices.ts';
import { cardOf, groupByResource, reasonFor, withoutFar } from './reasons.ts';
import type { Runner } from './run.ts';
import { standAloneQuestion, type Turn } from './stand-alone.ts';
import { createSupportFinder } from './support.ts';
import { toneFor } from './tone.ts';
import { searchLibraryTool } from './tools/search-library.ts';
import { type OnEvent, type Written, writeAnswer } from './write-answer.ts';

/** A question with everything that decides how it is answered. */
export interface TutorRequest {
  question: string;
  history: Turn[];
  stage?: Stage | undefined;
  /** Language of the answer; without it, that of the question. */
  language?: Language | undefined;
  asker: Asker | null;
  messageId?: string | null | undefined;
  signal?: AbortSignal | undefined;
}

export interface TutorDeps {
  runner: Runner;
  findPassages: FindPassages;
  /** Probability (0 to 1) that the passages found for a question answer it. */
  judgeEvidence: (question: string, found: PassageResult) => number;
  tools: TextTools;
}

export interface Tutor {
  /** Answers out of the library, or says why not. @throws AppError `stopped`, `model-unavailable`, `model-misbehaved` */
  answer(request: TutorRequest, onEvent: OnEvent): Promise<Answer>;
}

const TUTOR: AgentSpec = {
  name: 'tutor',
  prompt: loadPrompt('tutor/answer'),
  limits: { modelCalls: 4, toolCalls: 2, seconds: 120 },
};
/** The answer stands among the 8 best passages for 98 to 100 of 100 factual questions. */
const PASSAGES = 8;
/**
 * Below this probability the library is silent. The judgement was made for factual questions (who, when, how many); with
 * their threshold it would refuse up to 0.8 of all others, so those are refused only when next to nothing was found.
 */
const SILENT = { factual: 0.2, other: 0.08 };
/** Below this it answers with a warning. */
const WEAK = 0.45;
const NEAREST = 3;
const LANGUAGE_NAMES = { zh: 'Chinese (the script of the question)', en: 'English' };

/** The tutor: retrieval first, then a model that writes cited sentences, of which only the carried ones are shown. */
export function createTutor(given: TutorDeps): Tutor {
  const deps = { ...given, tools: cachedTools(given.tools) };
  return {
    async answer(request, onEvent) {
      const { asker, stage } = request;
      const question = await standAloneQuestion(request.question, request.history, deps.runner, request);
      const language = request.language ?? familyOfText(request.question);
      const prefer = { language, ...(stage ? { stage } : {}) };
      const found = await deps.findPassages({ query: question, limit: PASSAGES, prefer }, asker);
      const resources = groupByResource(found.passages).length;
      await onEvent('search-done', { passages: found.passages.length, resources });
      const near = groupByResource(withoutFar(found.passages));
      const nearest = near.slice(0, NEAREST).map(passages => {
        const { stage, minutes } = passages[0]!;
        return cardOf(passages[0]!, reasonFor(question, { stage, minutes, passages }, language, deps.tools));
      });
      const probability = found.passages.length === 0 ? 0 : deps.judgeEvidence(question, found);
      if (probability < silentBelow(question)) return silence(language, nearest, deps.runner.models);
      const citations = createCitationList();
      const evidence = createEvidence(found.passages);
      const written = await write({ ...request, question }, language, { evidence, citations }, deps, onEvent);
      return assembled({
        ...written,
        language,
        nearest,
        citations,
        weak: probability < WEAK,
        models: deps.runner.models,
      });
    },
  };
}

function silentBelow(question: string): number {
  const factual = questionKinds(question).some(kind => ['who', 'when', 'where', 'number'].includes(kind));
  return factual ? SILENT.factual : SILENT.other;
}

/** Writes with the models of the process; when nothing of theirs stands up to the checks, by quoting. */
async function write(
  request: TutorRequest,
  language: Language,
  { evidence, citations }: { evidence: Evidence; citations: CitationList },
  { runner, tools, findPassages }: TutorDeps,
  onEvent: OnEvent,
): Promise<Written & { unverified: boolean }> {
  const { asker, messageId, signal, stage } = request;
  const run = { asker, messageId, signal };
  const more = async (query: string) => (await findPassages({ query, limit: PASSAGES }, asker)).passages;
  const checks = { tools, citations, supports: createSupportFinder(evidence, { tools, runner, run }) };
  const all = evidence.all().map((_, i) => i + 1);
  const input = {
    ...run,
    values: { language: LANGUAGE_NAMES[language], tone: toneFor(stage) },
    message: [
      evidence.block(all),
      tagged('task', 'answer-question'),
      tagged('question', request.question),
    ].join('\n'),
    evidence: evidence.snapshot,
    tools: [searchLibraryTool(evidence, more)],
  };
  const written = await writeAnswer({ spec: TUTOR, input, runner }, checks, onEvent);
  const offline = runner.models.find(model => model.offline);
  const failed = written.sentences.length === 0 && written.ended === undefined && !written.model.offline;
  if (!failed || !offline) return { ...written, unverified: false };
  const quoting = { ...input, models: [offline] as ChatModels };
  return {
    ...(await writeAnswer({ spec: TUTOR, input: quoting, runner }, checks, onEvent)),
    unverified: true,
  };
}

function silence(language: Language, nearest: ResourceCard[], models: ChatModels): Answer {
  const notice = noticeOf(language, [nearest.length > 0 ? 'noEvidence' : 'nothingNear']);
  return { outcome: 'no-evidence', sentences: [], citations: [], notice, nearest, model: models[0].name };
}

const ENDINGS: Partial<
  Record<NonNullable<Written['ended']>, { outcome: Answer['outcome']; notice: NoticeKey }>
> = {
  refused: { outcome: 'refused', notice: 'refused' },
  'call-limit': { outcome: 'limit-reached', notice: 'limit' },
  'time-limit': { outcome: 'limit-reached', notice: 'limit' },
  'length-limit': { outcome: 'limit-reached', notice: 'limit' },
};

function assembled(
  found: Written & {
    unverified: boolean;
    language: Language;
    nearest: ResourceCard[];
    citations: CitationList;
    weak: boolean;
    models: ChatModels;
  },
): Answer {
  const { sentences, model, language, ended } = found;
  const citations = found.citations.all();
  const cited = new Set(citations.map(({ resourceId }) => resourceId));
  const nearest = found.nearest.filter(({ resourceId }) => !cited.has(resourceId));
  if (sentences.length === 0) {
    const { outcome, notice } = ENDINGS[ended!] ?? {
      outcome: 'no-evidence' as const,
      notice: 'noEvidence' as const,
    };
    return {
      outcome,
      sentences,
      citations,
      notice: noticeOf(language, [notice]),
      nearest,
      model: model.name,
    };
  }
  const foreign = citations.every(({ quote }) => familyOfText(quote) !== language);
  const notices: NoticeKey[] = [];
  if (found.unverified) notices.push('unverified');
  else if (model.offline) notices.push(found.models[0].offline ? 'offline' : 'degraded');
  if (model.offline && foreign) notices.push('otherLanguage');
  if (found.weak) notices.push('weak');
  if (ended === 'broke-off' || ended === 'stopped') notices.push('brokenOff');
  return {
    outcome: 'answered',
    sentences,
    citations,
    notice: noticeOf(language, notices),
    nearest,
    model: model.name,
  };
}
