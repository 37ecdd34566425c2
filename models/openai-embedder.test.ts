import { afterEach, expect, test } from 'vitest';
import { createOpenAIEmbedder, probeOpenAIEmbedder } from './openai-embedder.ts';
import {
  type OpenAIReply,
  type OpenAIRequest,
  type OpenAIServer,
  startOpenAIServer,
} from './testing/openai-server.ts';

const KEY = 'sk-secret-0123456789';
let server: OpenAIServer;
afterEach(() => server.close());

async function embedderFor(reply: (request: OpenAIRequest, index: number) => OpenAIReply) {
  server = await startOpenAIServer(reply);
  return probeOpenAIEmbedder({ model: 'vec', baseUrl: server.baseUrl, apiKey: KEY });
}
const lengths = (request: OpenAIRequest) => ({ vectors: request.input!.map(text => [text.length, 0, 1]) });

test('texts are embedded in batches, as floats, in their order, to unit length', async () => {
  const embedder = await embedderFor(lengths);
  expect(embedder.space).toEqual({ model: 'vec', dimensions: 3, preprocessing: '1' });
  const texts = Array.from({ length: 150 }, (_, i) => 'x'.repeat(i + 1));
  texts[7] = '  ';
  const vectors = await embedder.embed(texts);
  expect(vectors).toHaveLength(150);
  expect([...vectors[7]!]).toEqual([0, 0, 0]);
  expect(vectors[0]![0]).toBeCloseTo(Math.SQRT1_2);
  for (const [i, vector] of vectors.entries()) {
    if (i === 7) continue;
    expect(Math.hypot(...vector)).toBeCloseTo(1);
    expect(vector[0]! / vector[2]!).toBeCloseTo(i + 1, 1);
  }
  expect(server.requests.map(({ input }) => input!.length)).toEqual([1, 64, 64, 21]);
  expect(server.requests[1]).toMatchObject({
    path: '/v1/embeddings',
    encoding_format: 'float',
    model: 'vec',
  });
});

test('a busy endpoint is waited for', async () => {
  const embedder = await embedderFor((request, i) => (i === 1 ? { status: 429 } : lengths(request)));
  expect(await embedder.embed(['a'])).toHaveLength(1);
  expect(server.requests).toHaveLength(3);
});

test.each([
  [{ vectors: [] }, 'model-misbehaved', '0 vectors for 1 texts'],
  [{ vectors: [[1, 2]] }, 'model-misbehaved', '2 dimensions instead of 3'],
  [{ vectors: [[1, null as unknown as number, 2]] }, 'model-misbehaved', 'has no numbers'],
  [{ status: 401, message: `bad ${KEY}` }, 'model-unavailable', 'EMBEDDING_API_KEY'],
  [{ status: 400, message: `too long ${KEY}` }, 'model-unavailable', 'too long …'],
] as [OpenAIReply, string, string][])('%j is an error that says what to do', async (reply, code, said) => {
  const embedder = await embedderFor((request, i) => (i === 0 ? lengths(request) : reply));
  const error = await embedder.embed(['a']).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringContaining(said) });
  expect(String(error)).not.toContain(KEY);
});

test.each([
  ['a number that is none', { raw: '{"data":[{"index":0,"embedding":[NaN,1,2]}]}' }, 'cannot be read'],
  [
    'more vectors than texts',
    {
      vectors: [
        [1, 2, 3],
        [1, 2, 3],
      ],
    },
    '2 vectors for 1 texts',
  ],
  ['an empty vector', { vectors: [[]] }, '0 dimensions instead of 3'],
] as [string, OpenAIReply, string][])('%s is not stored', async (_, reply, said) => {
  const embedder = await embedderFor((request, i) => (i === 0 ? lengths(request) : reply));
  await expect(embedder.embed(['a'])).rejects.toMatchObject({
    code: 'model-misbehaved',
    message: expect.stringContaining(said),
  });
});

test.each([
  ['fails', { status: 500 }],
  ['breaks off in the middle', { vectors: [[1, 0, 1]], reset: true }],
] as [string, OpenAIReply][])('an endpoint that %s is asked again', async (_, reply) => {
  const embedder = await embedderFor((request, i) => (i === 1 ? reply : lengths(request)));
  expect(await embedder.embed(['a'])).toHaveLength(1);
  expect(server.requests).toHaveLength(3);
});

test('Retry-After is kept to, and a signal cuts it short', async () => {
  const busy = { status: 429, headers: { 'retry-after': '1' } };
  const embedder = await embedderFor((request, i) => (i === 1 ? busy : lengths(request)));
  const started = performance.now();
  await embedder.embed(['a']);
  expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  await server.close();

  const closed = await embedderFor((request, i) =>
    i === 0 ? lengths(request) : { status: 429, headers: { 'retry-after': '60' } },
  );
  const begun = performance.now();
  await expect(closed.embed(['a'], AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'stopped' });
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test('with one attempt a failure is not waited for', async () => {
  const embedder = await embedderFor((request, i) => (i === 0 ? lengths(request) : { status: 503 }));
  await expect(embedder.embed(['a'], undefined, 1)).rejects.toMatchObject({ code: 'model-unavailable' });
  expect(server.requests).toHaveLength(2);
});

test('a known dimension needs no probe, and another is an error', async () => {
  server = await startOpenAIServer(lengths);
  const settings = { model: 'vec', baseUrl: server.baseUrl, apiKey: KEY };
  expect(createOpenAIEmbedder(settings, 3).space.dimensions).toBe(3);
  expect(server.requests).toHaveLength(0);
  await expect(createOpenAIEmbedder(settings, 5).embed(['a'])).rejects.toThrow('3 dimensions instead of 5');
});

test('a signal ends the waiting', async () => {
  const embedder = await embedderFor((request, i) => (i === 0 ? lengths(request) : { hang: true }));
  const failed = embedder.embed(['a'], AbortSignal.timeout(50));
  await expect(failed).rejects.toMatchObject({ code: 'stopped' });
});
