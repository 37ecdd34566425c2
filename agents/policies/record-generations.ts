import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import { messageOf } from '../../library/errors.ts';
import type { Generation } from '../../library/generations.ts';
import type { ChatModels } from '../../models/chat-models.ts';
import { appErrorOf, type RunState } from '../run-state.ts';

/** What every row of a run has in common; `evidence` is read at each call, since tools add to it. */
export interface RunRow
  extends Pick<
    Generation,
    'organisationId' | 'accountId' | 'agent' | 'messageId' | 'planId' | 'prompt' | 'spaceId'
  > {
  evidence: () => Generation['evidence'];
}

/** Stores every call of a model as a generation, those that fail and those that are stopped too. */
export function recordGenerations(
  models: ChatModels,
  run: RunState,
  { row, record }: { row: RunRow; record: (generation: Generation) => Promise<unknown> },
) {
  return createMiddleware({
    name: 'record-generations',
    wrapModelCall: async (request, handler) => {
      const named = models.find(({ model }) => model === request.model) ?? models[0];
      const started = Date.now();
      const seen = run.text.length;
      const store = (
        end: Pick<Generation, 'output' | 'inputTokens' | 'outputTokens' | 'outcome' | 'error'>,
      ) => {
        const startedAt = new Date(started);
        const durationMs = Date.now() - started;
        const input = request.messages.map(spoken).join('\n\n');
        return record({
          ...row,
          evidence: row.evidence(),
          model: named.name,
          input,
          startedAt,
          durationMs,
          ...end,
        });
      };
      run.model = named;
      try {
        const response = await handler(request);
        const answer = answerOf(response);
        const finish = answer?.response_metadata.finish_reason;
        if (finish === 'content_filter' || answer?.additional_kwargs.refusal) run.refused = true;
        if (finish === 'length') run.stopped = 'length-limit';
        await store({
          output: answer ? outputOf(answer) : null,
          inputTokens: answer?.usage_metadata?.input_tokens ?? null,
          outputTokens: answer?.usage_metadata?.output_tokens ?? null,
          outcome: 'ok',
          error: null,
        });
        return response;
      } catch (error) {
        await store({
          output: run.text.slice(seen) || null,
          inputTokens: null,
          outputTokens: null,
          outcome: run.signal.aborted ? 'stopped' : 'failed',
          error: run.signal.aborted ? null : (appErrorOf(error) ?? { message: messageOf(error) }).message,
        });
        throw error;
      }
    },
  });
}

/** The model's own message: the response itself, or the first one of a structured response. */
function answerOf(response: unknown): AIMessage | undefined {
  if (AIMessage.isInstance(response)) return response;
  const { messages } = (response ?? {}) as { messages?: BaseMessage[] };
  return messages?.find(message => AIMessage.isInstance(message)) as AIMessage | undefined;
}

function outputOf(answer: AIMessage): string {
  const calls = answer.tool_calls ?? [];
  return [answer.text, ...calls.map(({ name, args }) => `${name} ${JSON.stringify(args)}`)]
    .filter(part => part !== '')
    .join('\n');
}

function spoken(message: BaseMessage): string {
  return `[${message.type}]\n${AIMessage.isInstance(message) ? outputOf(message) : message.text}`;
}
