import { z } from 'zod';
import type { Asker } from '../library/accounts.ts';
import type { ResourceCard } from '../library/answer.ts';
import { AppError } from '../library/errors.ts';
import { tagged, taggedGroup } from '../models/tagged-text.ts';
import { familyOfText, type TextTools } from '../models/text-tools.ts';
import { loadPrompt } from '../prompts/load.ts';
import type { SearchResult } from '../retrieval/search.ts';
import type { AgentSpec } from './agent.ts';
import { missingName } from './checks/names.ts';
import { disagreeingNumber } from './checks/numbers.ts';
import { cleanText } from './clean-text.ts';
import { createEvidence } from './evidence.ts';
import type { Language } from './notices.ts';
import type { Runner } from './run.ts';

const reasons = z
  .object({ reasons: z.array(z.object({ id: z.string(), text: z.string() })) })
  .meta({ title: 'Reasons' });

const RECOMMENDER: AgentSpec<z.infer<typeof reasons>> = {
  name: 'recommender',
  prompt: loadPrompt('recommender/reasons'),
  output: reasons,
  limits: { modelCalls: 2, toolCalls: 0, seconds: 60 },
};
const LANGUAGE_NAMES = { zh: 'Chinese', en: 'English' };
const LONGEST_EXCERPT = 300;
/** 60 Han characters or 40 words, with room. */
const LONGEST_REASON = 300;

/**
 * Lets a model word the reasons of recommendations. Each is kept only if it adds nothing to the facts of its resource:
 * no number, no name, no address; else, and when the model fails, the deterministic reason stays.
 */
export async function wordReasons(
  wish: { goal: string; language: Language; items: ResourceCard[]; results: SearchResult[] },
  deps: { runner: Runner; tools: TextTools; asker: Asker | null; signal?: AbortSignal | undefined },
): Promise<{ items: ResourceCard[]; model: string }> {
  const { goal, language, items, results } = wish;
  const evidence = createEvidence(results.flatMap(({ passages }) => passages.slice(0, 1)));
  const facts = new Map(items.map((item, i) => [item.resourceId, factsOf(item, results[i]!)]));
  const blocks = items.map(item => tagged('resource', facts.get(item.resourceId)!, { id: item.resourceId }));
  const produced = await deps.runner
    .produce(RECOMMENDER, {
      values: { language: LANGUAGE_NAMES[language] },
      message: [tagged('task', 'word-reasons'), tagged('topic', goal), taggedGroup('resources', blocks)].join(
        '\n',
      ),
      evidence: evidence.snapshot,
      asker: deps.asker,
      signal: deps.signal,
    })
    .catch(withoutModel);
  const worded = new Map(produced.output.reasons.map(({ id, text }) => [id, text]));
  const better = (item: ResourceCard): string => {
    const text = cleanText(worded.get(item.resourceId) ?? '');
    const known = `${facts.get(item.resourceId)!}\n${goal}`;
    return text !== undefined && addsNothing(text, known, language, deps.tools) ? text : item.reason;
  };
  return {
    items: items.map(item => ({ ...item, reason: better(item) })),
    model: produced.model.name,
  };
}

/** The list is complete without a model, whose failure is on record; only who stops it must be heard. */
function withoutModel(error: unknown): { output: z.infer<typeof reasons>; model: { name: string } } {
  if (error instanceof AppError && error.code !== 'stopped')
    return { output: { reasons: [] }, model: { name: 'offline' } };
  throw error;
}

function factsOf(item: ResourceCard, result: SearchResult): string {
  const best = result.passages[0];
  const lines = [
    item.title,
    item.type,
    item.description,
    item.reason,
    best?.heading.join(' > '),
    result.teaches.join(', '),
    best?.text.slice(0, LONGEST_EXCERPT),
  ];
  return lines.filter(Boolean).join('\n');
}

function addsNothing(text: string, facts: string, language: Language, tools: TextTools): boolean {
  if (text.length > LONGEST_REASON || familyOfText(text) !== language) return false;
  if (disagreeingNumber(text, facts)) return false;
  // A reason in another language than the facts cannot be compared word by word.
  return familyOfText(facts) === language && missingName(text, facts, tools) === undefined;
}
