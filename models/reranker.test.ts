import { afterEach, expect, test } from 'vitest';
import { createReranker } from './reranker.ts';
import { type OpenAIReply, type OpenAIServer, startOpenAIServer } from './testing/openai-server.ts';

const KEY = 'sk-secret-0123456789';
let server: OpenAIServer;
afterEach(() => server.close());

async function rank(reply: OpenAIReply, documents = ['a', 'b', 'c']): Promise<number[]> {
  server = await startOpenAIServer(() => reply);
  return createReranker({ model: 'cross', baseUrl: server.baseUrl, apiKey: KEY }).rank('q', documents);
}
const ranking = (...scores: [index: number, score: number][]) => ({
  ranking: scores.map(([index, relevance_score]) => ({ index, relevance_score })),
});

test('documents come back by relevance, whatever the order of the reply', async () => {
  expect(await rank(ranking([0, 0.1], [2, 0.9], [1, 0.5]))).toEqual([2, 1, 0]);
  expect(server.requests[0]).toMatchObject({
    path: '/v1/rerank',
    authorization: `Bearer ${KEY}`,
    model: 'cross',
    query: 'q',
    documents: ['a', 'b', 'c'],
    top_n: 3,
  });
});

test('a model may leave documents out', async () => {
  expect(await rank(ranking([2, 0.9]))).toEqual([2]);
});

test.each([
  ['a document that was not sent', ranking([3, 0.9]), 'model-misbehaved', 'not those of the documents'],
  ['a document twice', ranking([1, 0.9], [1, 0.8]), 'model-misbehaved', 'not those of the documents'],
  ['no results', { raw: '{"data":[]}' }, 'model-misbehaved', 'without results'],
  ['no JSON', { raw: 'oops' }, 'model-misbehaved', ''],
  ['a refused key', { status: 401, message: `bad ${KEY}` }, 'model-unavailable', 'RERANK_API_KEY'],
  ['a failure', { status: 500 }, 'model-unavailable', 'HTTP 500'],
  ['silence', { hang: true }, 'model-unavailable', 'within 2000 ms'],
] as [string, OpenAIReply, string, string][])('%s is an error', async (_, reply, code, said) => {
  const error = await rank(reply).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringContaining(said) });
  expect(String(error)).not.toContain(KEY);
});
