import { AppError } from '../library/errors.ts';
import type { NamedModel } from '../models/chat-models.ts';

/** What is known of a run while it goes on; its policies share it. */
export interface RunState {
  calls: number;
  /** Text that the asker may have seen. */
  text: string;
  /** Who made the last call. */
  model: NamedModel;
  signal: AbortSignal;
  /** Why the run ended before its model was done. */
  stopped: 'call-limit' | 'time-limit' | 'length-limit' | undefined;
  /** The model, or its provider, declined to answer. */
  refused: boolean;
}

/** The AppError behind whatever LangChain wrapped around it. */
export function appErrorOf(error: unknown): AppError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AppError) return at;
  }
  return undefined;
}

/** The error with which a run ends that its caller stopped. */
export function stoppedBy(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('stopped', 'The run was stopped.');
}
