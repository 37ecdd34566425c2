import { afterEach, expect, test } from 'vitest';
import { probeOpenAIEmbedder } from './openai-embedder.ts';
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

test('a signal ends the waiting', async () => {
  const embedder = await embedderFor((request, i) => (i === 0 ? lengths(request) : { hang: true }));
  const failed = embedder.embed(['a'], AbortSignal.timeout(50));
  await expect(failed).rejects.toMatchObject({ code: 'stopped' });
});
