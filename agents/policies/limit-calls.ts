import { createMiddleware } from 'langchain';
import type { RunState } from '../run-state.ts';

/** Ends a run in good order when its model has been called `most` times: loops of tools cost money and time. */
export function limitCalls(most: number, run: RunState) {
  return createMiddleware({
    name: 'limit-calls',
    beforeModel: {
      canJumpTo: ['end'],
      hook: () => {
        if (run.calls < most) {
          run.calls += 1;
          return undefined;
        }
        run.stopped = 'call-limit';
        return { jumpTo: 'end' as const };
      },
    },
  });
}
