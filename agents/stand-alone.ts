import { tagged, taggedGroup } from '../models/tagged-text.ts';
import { loadPrompt } from '../prompts/load.ts';
import type { AgentSpec, RunInput } from './agent.ts';
import type { Runner } from './run.ts';

/** An earlier question with the answer it got. */
export interface Turn {
  question: string;
  answer: string;
}

const REWRITER: AgentSpec = {
  name: 'rewriter',
  prompt: loadPrompt('tutor/rewrite-question'),
  limits: { modelCalls: 1, toolCalls: 0, seconds: 20 },
};
/** Follow-ups hang on what was said just before; older turns only mislead. */
const TURNS = 3;
const LONGEST_ANSWER = 300;
const LONGEST_QUESTION = 500;

/** The question as it can be searched without its conversation; the question itself when it is the first. */
export async function standAloneQuestion(
  question: string,
  history: Turn[],
  runner: Runner,
  run: Pick<RunInput, 'asker' | 'messageId' | 'signal'>,
): Promise<string> {
  if (history.length === 0) return question;
  const turns = history
    .slice(-TURNS)
    .flatMap(turn => [
      tagged('turn', turn.question, { role: 'asker' }),
      tagged('turn', turn.answer.slice(0, LONGEST_ANSWER), { role: 'assistant' }),
    ]);
  const message = [
    tagged('task', 'rewrite-question'),
    taggedGroup('history', turns),
    tagged('question', question),
  ];
  const { text } = await runner.complete(REWRITER, {
    ...run,
    values: {},
    message: message.join('\n'),
    evidence: () => [],
  });
  const [line = ''] = text.trim().split('\n');
  // A model that explains or refuses instead of rewriting is not listened to.
  return line.trim() === '' || line.length > LONGEST_QUESTION ? question : line.trim();
}
