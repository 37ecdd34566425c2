import { HumanMessage } from '@langchain/core/messages';
import { createAgent } from 'langchain';
import { AppError, messageOf } from '../library/errors.ts';
import { renderPrompt } from '../prompts/load.ts';
import type { AgentSpec, RunDeps, RunInput } from './agent.ts';
import { fallBack } from './policies/fall-back.ts';
import { limitCalls } from './policies/limit-calls.ts';
import { limitTools } from './policies/limit-tools.ts';
import { recordGenerations } from './policies/record-generations.ts';
import { appErrorOf, type RunState, stoppedBy } from './run-state.ts';

/** Puts an agent together for one run: prompt, tools, policies, and one signal for caller, clock and our own stop. */
export function startRun(deps: RunDeps, spec: AgentSpec<unknown>, input: RunInput) {
  const models = input.models ?? deps.models;
  const timeout = AbortSignal.timeout(spec.limits.seconds * 1000);
  const own = new AbortController();
  const run: RunState = {
    calls: 0,
    text: '',
    model: models[0],
    signal: AbortSignal.any([timeout, own.signal, ...(input.signal ? [input.signal] : [])]),
    stopped: undefined,
    refused: false,
  };
  const row = {
    organisationId: input.asker?.organisationId ?? null,
    accountId: input.asker?.accountId ?? null,
    agent: spec.name,
    messageId: input.messageId ?? null,
    planId: input.planId ?? null,
    prompt: spec.prompt,
    spaceId: deps.spaceId(),
    evidence: input.evidence,
  };
  const tools = input.tools ?? [];
  const agent = createAgent({
    model: models[0].model,
    tools,
    systemPrompt: renderPrompt(spec.prompt, input.values),
    middleware: [
      limitCalls(spec.limits.modelCalls, run),
      ...(tools.length > 0 ? [limitTools(spec.limits.toolCalls)] : []),
      fallBack(models, run),
      recordGenerations(models, run, { row, record: deps.record }),
    ],
    ...(spec.output ? { responseFormat: spec.output } : {}),
  });

  /** What an error means for this run: undefined where it only met a limit of ours. */
  function failureOf(error: unknown): AppError | undefined {
    if (input.signal?.aborted) return stoppedBy(input.signal);
    if (own.signal.aborted) run.stopped = 'length-limit';
    else if (timeout.aborted) run.stopped = 'time-limit';
    else return appErrorOf(error) ?? misbehaved(spec.name, error);
    return undefined;
  }
  return { agent, run, messages: [new HumanMessage(input.message)], stop: () => own.abort(), failureOf };
}

function misbehaved(name: string, cause: unknown): AppError {
  const reason = messageOf(cause).slice(0, 300);
  return new AppError('model-misbehaved', `The run of "${name}" failed: ${reason}. Try again.`, { cause });
}
