import type { Sentence } from '../library/answer.ts';
import { AppError } from '../library/errors.ts';
import type { NamedModel } from '../models/chat-models.ts';
import { unescapeTags } from '../models/tagged-text.ts';
import type { TextTools } from '../models/text-tools.ts';
import type { AgentSpec, RunInput } from './agent.ts';
import type { CitationList } from './citations.ts';
import { cleanText, isHarmless } from './clean-text.ts';
import { createSentenceCutter, type DraftSentence } from './cut-sentences.ts';
import type { Runner } from './run.ts';
import type { RunState } from './run-state.ts';
import type { SupportFinder } from './support.ts';

/** Sends one event of an answer or a plan to whoever follows it. */
export type OnEvent = (kind: string, data: unknown) => Promise<void> | void;

/** What came of one run of a writing model: only sentences that passed the checks. */
export interface Written {
  sentences: Sentence[];
  model: NamedModel;
  /** How it ended, when not in good order. */
  ended: RunState['stopped'] | 'refused' | 'no-evidence' | 'broke-off' | 'stopped' | undefined;
}

/** What a model writes when the passages do not answer; it stands alone or not at all. */
const NO_EVIDENCE = 'NO_EVIDENCE';

/**
 * Runs a model that writes cited sentences and lets through, one by one as they come, those that the evidence carries:
 * first the citations that are new, then the sentence. Uncited sentences pass only if they state nothing.
 * @throws AppError when nothing could be shown: `stopped`, or that no model answered.
 */
export async function writeAnswer(
  { spec, input, runner }: { spec: AgentSpec; input: RunInput; runner: Runner },
  checks: { tools: TextTools; supports: SupportFinder; citations: CitationList },
  onEvent: OnEvent,
): Promise<Written> {
  const cutter = createSentenceCutter(checks.tools.splitSentences);
  const sentences: Sentence[] = [];
  let saysNothing = false;

  async function show(drafts: DraftSentence[]): Promise<void> {
    for (const draft of drafts) {
      if (draft.text.includes(NO_EVIDENCE)) saysNothing = true;
      const sentence = await checked(draft, checks, onEvent);
      if (!sentence) continue;
      sentences.push(sentence);
      await onEvent('sentence', sentence);
    }
  }

  const deltas = runner.stream(spec, input);
  try {
    for (;;) {
      const next = await deltas.next();
      if (!next.done) {
        await show(cutter.push(next.value));
        continue;
      }
      const { model, stopped, refused } = next.value;
      await show(cutter.end(stopped !== undefined));
      const ended = refused ? 'refused' : saysNothing ? 'no-evidence' : stopped;
      return { sentences: withoutLonelyLeadIns(sentences), model, ended };
    }
  } catch (error) {
    // What has been shown has been checked: it stays, and the answer says that it is not whole.
    if (!(error instanceof AppError) || sentences.length === 0) throw error;
    const ended = error.code === 'stopped' ? 'stopped' : 'broke-off';
    return { sentences, model: (input.models ?? runner.models)[0], ended };
  }
}

async function checked(
  draft: DraftSentence,
  { supports, citations }: { supports: SupportFinder; citations: CitationList },
  onEvent: OnEvent,
): Promise<Sentence | undefined> {
  const text = cleanText(unescapeTags(draft.text));
  if (text === undefined) return undefined;
  if (draft.citations.length === 0)
    return isHarmless(text) ? { text, after: draft.after, citations: [] } : undefined;
  const found = await supports.find(text, draft.citations);
  if (found.length === 0) return undefined;
  const numbers: number[] = [];
  for (const support of found) {
    const { n, added } = citations.cite(support);
    if (added) await onEvent('citation-found', added);
    if (!numbers.includes(n)) numbers.push(n);
  }
  return { text, after: draft.after, citations: numbers };
}

/** Greetings and lead-ins alone are no answer. */
function withoutLonelyLeadIns(sentences: Sentence[]): Sentence[] {
  return sentences.some(({ citations }) => citations.length > 0) ? sentences : [];
}
