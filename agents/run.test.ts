import { tool } from 'langchain';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../library/errors.ts';
import type { Generation } from '../library/generations.ts';
import type { ChatModels, NamedModel } from '../models/chat-models.ts';
import { OfflineChatModel } from '../models/offline-chat-model.ts';
import { plainTextTools } from '../models/testing/plain-text-tools.ts';
import { ScriptedModel } from '../models/testing/scripted-model.ts';
import type { AgentSpec, RunInput } from './agent.ts';
import { createRunner } from './run.ts';

const prompt = {
  name: 'test',
  version: 2,
  hash: 'abc',
  description: '',
  variables: ['who'],
  body: 'You help {{who}}.',
};
const spec: AgentSpec = { name: 'tester', prompt, limits: { modelCalls: 3, toolCalls: 1, seconds: 5 } };
const input: RunInput = {
  values: { who: 'Li' },
  message: 'hello',
  evidence: () => [{ n: 1, passageId: '7', hash: 'h' }],
  asker: { accountId: '3', organisationId: '1', classIds: [] },
  messageId: 'm1',
};
let recorded: Generation[];
beforeEach(() => {
  recorded = [];
});

const named = (name: string, script: ScriptedModel['script']): NamedModel => ({
  name,
  offline: false,
  model: new ScriptedModel(script),
});
const runnerFor = (...models: NamedModel[]) =>
  createRunner({
    models: models as ChatModels,
    record: async generation => recorded.push(generation),
    spaceId: () => 4,
  });

test('a run streams its text and leaves a record of what was asked, shown and said', async () => {
  const runner = runnerFor(named('big', ['Good morning, Li.']));
  const deltas: string[] = [];
  for await (const delta of runner.stream(spec, input)) deltas.push(delta);
  expect(deltas.length).toBeGreaterThan(2);
  expect(deltas.join('')).toBe('Good morning, Li.');
  expect(recorded).toEqual([
    {
      organisationId: '1',
      accountId: '3',
      agent: 'tester',
      messageId: 'm1',
      planId: null,
      prompt: expect.objectContaining({ name: 'test', version: 2, hash: 'abc' }),
      spaceId: 4,
      evidence: [{ n: 1, passageId: '7', hash: 'h' }],
      model: 'big',
      input: '[human]\nhello',
      output: 'Good morning, Li.',
      inputTokens: null,
      outputTokens: null,
      outcome: 'ok',
      error: null,
      startedAt: expect.any(Date),
      durationMs: expect.any(Number),
    },
  ]);
});

test('before its first word a failed model is replaced, and the record names both', async () => {
  const down = new AppError('model-unavailable', 'It is down. Wait.');
  const runner = runnerFor(named('big', [{ error: down }]), named('small', ['Here I am.']));
  const end = await runner.complete(spec, input);
  expect(end).toMatchObject({ text: 'Here I am.', model: { name: 'small' } });
  expect(recorded.map(({ model, outcome, error }) => [model, outcome, error])).toEqual([
    ['big', 'failed', 'It is down. Wait.'],
    ['small', 'ok', null],
  ]);
});

test('after its first word it is not', async () => {
  const down = new AppError('model-unavailable', 'It broke off. Ask again.');
  const runner = runnerFor(named('big', [{ pieces: ['Half an '], error: down }]), named('small', ['Here.']));
  await expect(runner.complete(spec, input)).rejects.toBe(down);
  expect(recorded.map(({ model, outcome, output }) => [model, outcome, output])).toEqual([
    ['big', 'failed', 'Half an '],
  ]);
});

test('an error that is none of ours becomes one of ours', async () => {
  const error = await runnerFor(named('big', [{ error: new TypeError('odd') }]))
    .complete(spec, input)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'AppError',
    code: 'model-misbehaved',
    message: expect.stringContaining('odd'),
  });
});

const look = (found: string[]) =>
  tool(
    ({ query }) => {
      found.push(query);
      return `found ${query}`;
    },
    { name: 'look', description: 'looks', schema: z.object({ query: z.string() }) },
  );

test('a model that only calls tools is stopped, and tools beyond the limit do no work', async () => {
  const call = { calls: [{ name: 'look', args: { query: 'x' } }] };
  const big = named('big', [call, call, call, call]);
  const found: string[] = [];
  const end = await runnerFor(big).complete(spec, { ...input, tools: [look(found)] });
  expect(end.stopped).toBe('call-limit');
  expect(found).toEqual(['x']);
  expect(recorded).toHaveLength(3);
  const told = (big.model as ScriptedModel).calls[2]!.messages.map(message => message.text);
  expect(told).toContain('found x');
  expect(told).toContain('No more searches in this run. Answer with the passages that you have.');
});

test('an endpoint that rejects a request with offered tools is asked without them', async () => {
  const rejected = new AppError('model-unavailable', 'rejected', { details: { status: 400 } });
  const big = named('big', [{ error: rejected }, 'Without tools.']);
  expect((await runnerFor(big).complete(spec, { ...input, tools: [look([])] })).text).toBe('Without tools.');
  expect((big.model as ScriptedModel).calls.map(({ tools }) => tools)).toEqual([['look'], []]);
});

test('the asker can stop a run, and the clock can', async () => {
  const stop = new AbortController();
  const runner = runnerFor(named('big', ['A long answer to read. '.repeat(50), 'x']));
  const reading = (async () => {
    for await (const _ of runner.stream(spec, { ...input, signal: stop.signal }))
      stop.abort(new AppError('stopped', 'Enough.'));
  })();
  await expect(reading).rejects.toMatchObject({ code: 'stopped', message: 'Enough.' });
  expect(recorded[0]).toMatchObject({ outcome: 'stopped', output: expect.stringMatching(/^A lo/u) });

  const hanging = runnerFor(named('big', [{ pieces: ['Half'], hang: true }]));
  const limits = { ...spec.limits, seconds: 0.2 };
  expect(await hanging.complete({ ...spec, limits }, input)).toMatchObject({
    stopped: 'time-limit',
    text: 'Half',
  });
  expect(recorded[1]).toMatchObject({ outcome: 'stopped', output: 'Half' });
});

test('a model that runs away is cut off', async () => {
  const end = await runnerFor(named('big', ['0123456789'.repeat(4_000)])).complete(spec, input);
  expect(end.stopped).toBe('length-limit');
  expect(end.text.length).toBeLessThan(20_100);
});

const shape = z
  .object({ items: z.array(z.object({ text: z.string(), passages: z.array(z.number()) })) })
  .meta({ title: 'Section' });
const producing: AgentSpec<z.infer<typeof shape>> = { ...spec, output: shape };

test('output of a schema comes from a tool call, from JSON in the text, or not at all', async () => {
  const output = { items: [{ text: 'a', passages: [1] }] };
  const calling = named('big', [{ output }]);
  expect(await runnerFor(calling).produce(producing, input)).toMatchObject({
    output,
    model: { name: 'big' },
  });
  expect((calling.model as ScriptedModel).calls[0]!.tools).toEqual(['Section']);

  const writing = named('big', [`Sure:\n\`\`\`json\n${JSON.stringify(output)}\n\`\`\``]);
  expect((await runnerFor(writing).produce(producing, input)).output).toEqual(output);

  const rambling = runnerFor(named('big', ['I would rather not.']));
  await expect(rambling.produce(producing, input)).rejects.toMatchObject({ code: 'model-misbehaved' });
  const wrong = runnerFor(named('big', [JSON.stringify({ items: 'none' })]));
  await expect(wrong.produce(producing, input)).rejects.toMatchObject({ code: 'model-misbehaved' });
});

test('the offline model fills a schema with nothing when it has nothing', async () => {
  const offline = { name: 'offline', offline: true, model: new OfflineChatModel(plainTextTools()) };
  expect((await runnerFor(offline).produce(producing, input)).output).toEqual({ items: [] });
  expect(recorded[0]).toMatchObject({ model: 'offline', output: 'Section {"items":[]}' });
});
