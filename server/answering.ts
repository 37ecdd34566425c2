import type { Account, Asker } from '../library/accounts.ts';
import type { Answer } from '../library/answer.ts';
import {
  failAnswer,
  finishAnswer,
  type Message,
  requireMessage,
  stopAnswer,
} from '../library/conversations.ts';
import { AppError, messageOf } from '../library/errors.ts';
import { recordGap } from '../library/gaps.ts';
import type { Stage } from '../library/resources.ts';
import type { RouteDeps } from './deps.ts';
import { isoDates } from './iso-dates.ts';
import type { Emit } from './runs.ts';

/** One question on its way to an answer. */
export interface Question {
  messageId: string;
  question: string;
  history: { question: string; answer: string }[];
  stage: Stage | undefined;
  language: 'zh' | 'en' | undefined;
  account: Account;
  asker: Asker;
}

/** Pairs of earlier questions and answers, oldest first; what failed or is still being written is left out. */
export function historyOf(messages: Message[]): Question['history'] {
  return messages.flatMap((message, i) => {
    const asked = messages[i - 1];
    const complete = message.role === 'assistant' && message.answer !== null && asked?.role === 'user';
    return complete ? [{ question: asked.text, answer: message.text }] : [];
  });
}

/** Writes the answer in the background: whatever happens, the message ends in a named state and its stream in an end. */
export function startAnswer(deps: RouteDeps, question: Question): void {
  const { messageId, account } = question;
  deps.runs.start(messageId, async (emit, signal) => {
    try {
      const answer = await deps.tutor.answer({ ...question, signal }, emit);
      await store(deps, messageId, signal.aborted ? 'stopped' : 'done', answer);
      deps.metrics.answers.inc({ outcome: answer.outcome });
    } catch (error) {
      const stopped = signal.aborted || (error instanceof AppError && error.code === 'stopped');
      if (!stopped) deps.log.error({ err: error, messageId }, 'answer failed');
      deps.metrics.answers.inc({ outcome: stopped ? 'stopped' : 'failed' });
      if (stopped) await stopAnswer(deps.database.db, messageId, explain(error, signal));
      else await failAnswer(deps.database.db, messageId, explain(error, signal));
    }
    await emitEnd(deps, messageId, account.id, emit);
  });
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return messageOf(signal.reason);
  if (error instanceof AppError) return error.message;
  return 'The answer could not be written. Your question is kept; ask again in a moment.';
}

async function store(
  deps: RouteDeps,
  messageId: string,
  state: 'done' | 'stopped',
  answer: Answer,
): Promise<void> {
  await deps.database.transaction(async db => {
    await finishAnswer(db, messageId, state, answer);
    if (answer.outcome === 'no-evidence') await recordGap(db, messageId);
  });
}

async function emitEnd(deps: RouteDeps, messageId: string, accountId: string, emit: Emit): Promise<void> {
  await emit('answer-end', {
    message: isoDates(await requireMessage(deps.database.db, messageId, accountId)),
  });
}
