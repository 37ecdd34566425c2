import { afterEach, expect, test } from 'vitest';
import { createOpenAIEmbedder } from './openai-embedder.ts';
import { createQueryEmbedder, type QueryEmbedder } from './query-embedder.ts';
import { type OpenAIReply, type OpenAIServer, startOpenAIServer } from './testing/openai-server.ts';

let server: OpenAIServer;
afterEach(() => server.close());

async function queryEmbedder(reply: () => OpenAIReply): Promise<QueryEmbedder> {
  server = await startOpenAIServer(reply);
  const settings = { model: 'vec', baseUrl: server.baseUrl, apiKey: undefined };
  return createQueryEmbedder(createOpenAIEmbedder(settings, 2));
}

test('a query gets its vector in one request', async () => {
  const embedder = await queryEmbedder(() => ({ vectors: [[3, 4]] }));
  const vector = await embedder.embedQuery('q');
  expect(vector[0]).toBeCloseTo(0.6);
  expect(vector[1]).toBeCloseTo(0.8);
  expect(server.requests).toHaveLength(1);
});

test('a slow endpoint is given up after the deadline', async () => {
  const embedder = await queryEmbedder(() => ({ hang: true }));
  await expect(embedder.embedQuery('q')).rejects.toThrow('within 1500 ms');
});

test('an endpoint that is down is left alone, and found again beside the searches', async () => {
  let isDown = true;
  const embedder = await queryEmbedder(() => (isDown ? { status: 500 } : { vectors: [[3, 4]] }));
  for (let i = 0; i < 3; i++) await expect(embedder.embedQuery('q')).rejects.toThrow('HTTP 500');
  for (let i = 0; i < 20; i++) await expect(embedder.embedQuery('q')).rejects.toThrow('left alone');
  expect(server.requests).toHaveLength(3);
  isDown = false;
  // The searches that find out do not wait for it.
  await expect
    .poll(
      () =>
        embedder.embedQuery('q').then(
          vector => vector.length,
          () => 0,
        ),
      { timeout: 20_000, interval: 200 },
    )
    .toBe(2);
}, 30_000);
