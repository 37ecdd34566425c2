import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { AppError } from '../library/errors.ts';
import { OpenAIChatModel } from './openai-chat-model.ts';
import {
  type OpenAIReply,
  type OpenAIRequest,
  type OpenAIServer,
  startOpenAIServer,
} from './testing/openai-server.ts';

const KEY = 'sk-secret-0123456789';
let server: OpenAIServer;
afterEach(() => server.close());

async function modelFor(reply: (request: OpenAIRequest, index: number) => OpenAIReply, idleMs = 5_000) {
  server = await startOpenAIServer(reply);
  return new OpenAIChatModel({ model: 'tiny', baseUrl: server.baseUrl, apiKey: KEY, idleMs });
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  return work.then(
    () => expect.fail('it should have failed'),
    error => error,
  );
}

test('streams text and counts tokens, at the endpoint of the settings and nowhere else', async () => {
  const model = await modelFor(() => ({ text: '水的密度是 1.0 克每立方厘米。' }));
  const pieces: string[] = [];
  for await (const piece of await model.stream('水的密度？')) pieces.push(piece.text);
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.join('')).toBe('水的密度是 1.0 克每立方厘米。');
  const whole = await model.invoke('水的密度？');
  expect(whole.usage_metadata).toMatchObject({ input_tokens: 100, output_tokens: 20 });
  expect(server.requests[0]).toMatchObject({
    path: '/v1/chat/completions',
    authorization: `Bearer ${KEY}`,
    stream: true,
    model: 'tiny',
  });
});

test('an endpoint without a key never gets one from elsewhere', async () => {
  server = await startOpenAIServer(() => ({ text: 'ok' }));
  await new OpenAIChatModel({ model: 'tiny', baseUrl: server.baseUrl }).invoke('hi');
  expect(server.requests[0]!.authorization).toBe('Bearer none');
});

test.each([
  [{ status: 401, message: `Incorrect API key provided: ${KEY}` }, 'OPENAI_API_KEY', 1],
  [{ status: 404 }, 'CHAT_MODEL', 1],
  [{ status: 400, message: `context too long for ${KEY}\nmore` }, 'context too long for …', 1],
  [{ status: 429, headers: { 'retry-after': '50' } }, 'limiting requests', 2],
  [{ status: 500 }, 'Try again later', 2],
] as [OpenAIReply & { status: number }, string, number][])(
  'a failing endpoint gives an error that says what to do and holds no key: %j',
  async (reply, said, attempts) => {
    const model = await modelFor(() => reply);
    const error = await failureOf(model.invoke('hi'));
    expect(error).toMatchObject({ name: 'AppError', code: 'model-unavailable' });
    expect(error.message).toContain(said);
    expect(JSON.stringify([error.message, error.cause, String(error.cause), error.stack])).not.toContain(KEY);
    expect(server.requests).toHaveLength(attempts);
  },
);

test('a passing failure is retried once before the first word, and never after it', async () => {
  const model = await modelFor((_, i) => (i === 0 ? { status: 503 } : { text: 'good' }));
  expect((await model.invoke('hi')).text).toBe('good');
  expect(server.requests).toHaveLength(2);
  await server.close();

  const broken = await modelFor(() => ({ text: 'half of an ans', reset: true }));
  const error = await failureOf(broken.invoke('hi'));
  expect(error).toMatchObject({ code: 'model-unavailable', message: expect.stringContaining('broke off') });
  expect(server.requests).toHaveLength(1);
});

test('silence ends a request, before the first word and in the middle', async () => {
  const hanging = await modelFor(() => ({ hang: true }), 150);
  expect(await failureOf(hanging.invoke('hi'))).toMatchObject({
    code: 'model-unavailable',
    message: expect.stringContaining('sent nothing'),
  });
  await server.close();

  const stalled = await modelFor(() => ({ text: 'abc', stall: true }), 150);
  expect(await failureOf(stalled.invoke('hi'))).toMatchObject({ code: 'model-unavailable' });
  expect(server.requests).toHaveLength(1);
});

test('what cannot be read or is empty is the model’s fault', async () => {
  const malformed = await modelFor(() => ({ raw: 'data: {"choices": [{"delta": \n\n' }));
  expect(await failureOf(malformed.invoke('hi'))).toMatchObject({ code: 'model-misbehaved' });
  await server.close();
  const empty = await modelFor(() => ({ raw: 'data: [DONE]\n\n' }));
  expect(await failureOf(empty.invoke('hi'))).toMatchObject({ code: 'model-misbehaved' });
});

test('an endpoint that is not there is named, and left alone after five failures', async () => {
  const model = await modelFor(() => ({ text: 'x' }));
  await server.close();
  const errors: AppError[] = [];
  for (let i = 0; i < 4; i++) errors.push(await failureOf(model.invoke('hi')));
  expect(errors[0]!.message).toMatch(/"tiny" at 127\.0\.0\.1:\d+ cannot be reached\. Check OPENAI_BASE_URL/u);
  expect(errors[3]!.message).toContain('left alone');
}, 20_000);

test('who stops reading stops the request upstream', async () => {
  const model = await modelFor(() => ({ text: 'a long answer '.repeat(200), delayMs: 10 }));
  const stop = new AbortController();
  const error = await failureOf(
    (async () => {
      for await (const _ of await model.stream('hi', { signal: stop.signal })) stop.abort();
    })(),
  );
  expect(error).toBeInstanceOf(Error);
  for (let i = 0; i < 50 && server.aborted() === 0; i++) await setTimeout(20);
  expect(server.aborted()).toBe(1);
  expect(server.requests).toHaveLength(1);
});
