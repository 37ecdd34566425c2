import { ToolMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';

/** Answers a tool call beyond the `most`th with a word to the model instead of the tool's work. */
export function limitTools(most: number) {
  let used = 0;
  return createMiddleware({
    name: 'limit-tools',
    wrapToolCall: async (request, handler) => {
      used += 1;
      if (used <= most) return handler(request);
      return new ToolMessage({
        tool_call_id: request.toolCall.id ?? '',
        name: request.toolCall.name,
        content: 'No more searches in this run. Answer with the passages that you have.',
      });
    },
  });
}
