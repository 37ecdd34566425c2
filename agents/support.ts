import { z } from 'zod';
import { AppError } from '../library/errors.ts';
import type { FoundPassage } from '../library/found-passages.ts';
import { tagged, unescapeTags } from '../models/tagged-text.ts';
import type { TextTools } from '../models/text-tools.ts';
import { loadPrompt } from '../prompts/load.ts';
import type { AgentSpec, RunInput } from './agent.ts';
import { disagreeingNumber } from './checks/numbers.ts';
import type { Support } from './citations.ts';
import type { Evidence } from './evidence.ts';
import type { Runner } from './run.ts';
import { verifySentence } from './verify.ts';

const judgement = z.object({ quote: z.string(), supported: z.boolean() }).meta({ title: 'Judgement' });

const JUDGE: AgentSpec<z.infer<typeof judgement>> = {
  name: 'judge',
  prompt: loadPrompt('tutor/judge-sentence'),
  output: judgement,
  limits: { modelCalls: 2, toolCalls: 0, seconds: 30 },
};

/** Finds the spans that carry a sentence, among the passages that it cites. */
export interface SupportFinder {
  /** One support for each cited passage that carries the sentence; none when it is not carried. */
  find(sentence: string, cited: number[]): Promise<Support[]>;
}

/** One answer asks the judge about at most so many sentences: it costs a model call each. */
const MOST_JUDGEMENTS = 8;

/**
 * Checks sentences against the evidence of one request, by rule (`verifySentence`). Only where sentence and passage are in
 * different languages, so that no words can be compared, a model is asked, and must give a verbatim quote that has every
 * number of the sentence. A sentence with several citations may rest on them together.
 */
export function createSupportFinder(
  evidence: Evidence,
  deps: {
    tools: TextTools;
    runner: Runner;
    run: Pick<RunInput, 'asker' | 'messageId' | 'planId' | 'signal'>;
  },
): SupportFinder {
  const { tools, runner, run } = deps;
  let judged = 0;

  async function judge(sentence: string, passage: FoundPassage): Promise<Support[]> {
    if (runner.models[0].offline || judged === MOST_JUDGEMENTS) return [];
    judged += 1;
    const message = [
      tagged('sentence', sentence),
      tagged('passage', passage.text, { title: passage.title }),
    ].join('\n');
    const snapshot = () => evidence.snapshot().filter(({ passageId }) => passageId === passage.passageId);
    const output = await runner
      .produce(JUDGE, { ...run, values: {}, message, evidence: snapshot })
      .then(produced => produced.output, failedJudgement);
    const quote = unescapeTags(output.quote).trim();
    const quoteStart = passage.text.indexOf(quote);
    const carried =
      output.supported && quote !== '' && quoteStart >= 0 && !disagreeingNumber(sentence, quote);
    return carried ? [{ passage, quote, quoteStart, method: 'judge' }] : [];
  }

  return {
    async find(sentence, cited) {
      const passages = cited.flatMap(n => evidence.find(n) ?? []);
      const supports: Support[] = [];
      const foreign: FoundPassage[] = [];
      const spans: Support[] = [];
      for (const passage of passages) {
        const verdict = verifySentence(sentence, passage, tools);
        const { quote, quoteStart } = verdict;
        if (verdict.supported) supports.push({ passage, quote, quoteStart, method: verdict.method });
        else if (verdict.fault === 'language') foreign.push(passage);
        else spans.push({ passage, quote, quoteStart, method: 'agreement' });
      }
      if (supports.length > 0) return supports;
      if (spans.length > 1 && carriedTogether(sentence, spans, tools)) return spans;
      for (const passage of foreign) {
        const judgedSupports = await judge(sentence, passage);
        if (judgedSupports.length > 0) return judgedSupports;
      }
      return [];
    },
  };
}

/** A judge that fails (its call is on record) carries nothing; one that is stopped stops the answer. */
function failedJudgement(error: unknown): z.infer<typeof judgement> {
  if (error instanceof AppError && error.code !== 'stopped') return { quote: '', supported: false };
  throw error;
}

/** Whether the best spans of several passages, read one after the other, carry a sentence that none carries alone. */
function carriedTogether(sentence: string, spans: Support[], tools: TextTools): boolean {
  const text = spans.map(({ quote }) => quote).join('\n');
  const title = spans.map(({ passage }) => passage.title).join(' ');
  const heading = spans.flatMap(({ passage }) => passage.heading);
  return verifySentence(sentence, { title, heading, text }, tools).supported;
}
