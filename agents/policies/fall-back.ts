import { createMiddleware } from 'langchain';
import { AppError } from '../../library/errors.ts';
import type { ChatModels } from '../../models/chat-models.ts';
import { appErrorOf, type RunState } from '../run-state.ts';

/** Statuses with which endpoints reject a request for the tools in it. */
const REJECTS_TOOLS = new Set([400, 404, 422, 501]);

/**
 * Hands a failed call to the next model, as long as the asker has seen nothing of the answer: two beginnings would be
 * worse than one clear failure. An endpoint that rejects a request with offered tools is first asked once without.
 */
export function fallBack(models: ChatModels, run: RunState) {
  return createMiddleware({
    name: 'fall-back',
    wrapModelCall: async (request, handler) => {
      let failure: unknown;
      const offers = request.tools.length > 0 ? [request.tools, []] : [request.tools];
      const attempts = models.flatMap(({ model }) => offers.map(tools => ({ model, tools })));
      let toolsRejected = false;
      for (const { model, tools } of attempts) {
        if (tools !== request.tools && !toolsRejected) continue;
        try {
          return await handler({ ...request, model, tools });
        } catch (error) {
          if (run.text !== '' || run.signal.aborted) throw error;
          failure = error;
          toolsRejected = REJECTS_TOOLS.has(appErrorOf(error)?.details?.status as number);
        }
      }
      throw failure ?? new AppError('model-unavailable', 'No chat model is set up. Set CHAT_MODEL.');
    },
  });
}
