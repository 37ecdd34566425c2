import { AppError } from '../library/errors.ts';
import type { ChatModels, NamedModel } from '../models/chat-models.ts';
import type { AgentSpec, RunDeps, RunInput } from './agent.ts';
import type { RunState } from './run-state.ts';
import { startRun } from './start-run.ts';
import { TextListener } from './text-listener.ts';

/** How a run of text ended. */
export type RunEnd = Pick<RunState, 'text' | 'stopped' | 'refused'> & { model: NamedModel };

export interface Runner {
  models: ChatModels;
  /** Yields the text as it comes. @throws AppError when no model could answer, `stopped` when the signal says so. */
  stream(spec: AgentSpec, input: RunInput): AsyncGenerator<string, RunEnd>;
  /** The whole text, or the output of its schema. @throws AppError, also `model-misbehaved` for output that does not fit. */
  complete(spec: AgentSpec, input: RunInput): Promise<RunEnd>;
  produce<Output>(spec: AgentSpec<Output>, input: RunInput): Promise<{ output: Output; model: NamedModel }>;
}

/** A model that writes more than this has run away; an answer has some 400 characters, a plan's section 3,000. */
const LONGEST_TEXT = 20_000;

/** The one place where model runs start: limits, abort, fall-back and the record of every call (`startRun`). */
export function createRunner(deps: RunDeps): Runner {
  async function* stream(spec: AgentSpec, input: RunInput): AsyncGenerator<string, RunEnd> {
    const { agent, run, messages, stop, failureOf } = startRun(deps, spec, input);
    const listener = new TextListener(delta => {
      run.text += delta;
      if (run.text.length > LONGEST_TEXT) stop();
    });
    let failure: AppError | undefined;
    const ended = agent
      .invoke({ messages }, { signal: run.signal, callbacks: [listener] })
      .catch((error: unknown) => {
        failure = failureOf(error);
      })
      .finally(() => listener.end());
    try {
      yield* listener.deltas;
    } finally {
      // Also when the reader stops early: the request upstream must not go on.
      stop();
      await ended;
    }
    if (failure) throw failure;
    return run;
  }

  async function complete(spec: AgentSpec, input: RunInput): Promise<RunEnd> {
    const deltas = stream(spec, input);
    for (;;) {
      const next = await deltas.next();
      if (next.done) return next.value;
    }
  }

  async function produce<Output>(spec: AgentSpec<Output>, input: RunInput) {
    const { agent, run, messages, failureOf } = startRun(deps, spec, input);
    try {
      const state = await agent.invoke({ messages }, { signal: run.signal });
      const { structuredResponse } = state as { structuredResponse?: unknown };
      const given = structuredResponse ?? readJson(state.messages.at(-1)?.text ?? '');
      return { output: spec.output!.parse(given), model: run.model };
    } catch (error) {
      const seconds = spec.limits.seconds;
      const slow = `The run of "${spec.name}" took longer than ${seconds} s. Try again, or choose a faster model.`;
      throw failureOf(error) ?? new AppError('model-unavailable', slow);
    }
  }

  return { models: deps.models, stream, complete, produce };
}

/** Models without tools write their output as text, often in a code fence. */
function readJson(text: string): unknown {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (from >= 0 && to > from) return JSON.parse(text.slice(from, to + 1));
  const message =
    'The model gave no output of the form asked for. Try again, or choose a model that calls tools.';
  throw new AppError('model-misbehaved', message);
}
