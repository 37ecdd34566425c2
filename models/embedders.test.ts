import { afterEach, expect, test } from 'vitest';
import { createEmbedders } from './embedders.ts';
import { createOfflineEmbedder, OFFLINE_SPACE } from './offline-embedder.ts';
import { type OpenAIServer, startOpenAIServer } from './testing/openai-server.ts';

let server: OpenAIServer;
/** Whatever name it is asked for, the endpoint has one model. */
let numbers = [3, 4];
afterEach(async () => {
  numbers = [3, 4];
  await server.close();
});

const offline = createOfflineEmbedder(() => []);
const space = (model: string) => ({ model, dimensions: 2, preprocessing: '1' });
const stored = [{ text: 'a stored passage', vector: [0.6, 0.8] }];

async function embedders(model: string | undefined) {
  server = await startOpenAIServer(({ input }) => ({ vectors: input!.map(() => numbers) }));
  const endpoint = model ? { model, baseUrl: server.baseUrl, apiKey: undefined } : undefined;
  return createEmbedders(endpoint, offline, async () => stored);
}

test('the offline space is always to be had, and a named model asked at once', async () => {
  const all = await embedders('new');
  expect(all.of(OFFLINE_SPACE)).toBe(offline);
  expect((await all.wanted()).space).toEqual(space('new'));
  expect(await all.of(space('new')).embed(['q'])).toHaveLength(1);
  expect(server.requests.map(({ input }) => input)).toEqual([['dimension'], ['q']]);
});

test('an earlier model of the library is used when it gives stored texts their vectors', async () => {
  const old = (await embedders('new')).of(space('old'));
  await old.embed(['q']);
  await old.embed(['r']);
  expect(server.requests.map(({ model, input }) => [model, input])).toEqual([
    ['old', ['a stored passage']],
    ['old', ['q']],
    ['old', ['r']],
  ]);
});

test('an endpoint that has another model under the name is not believed', async () => {
  numbers = [4, -3];
  const old = (await embedders('new')).of(space('old'));
  await expect(old.embed(['q'])).rejects.toThrow('vectors of another model');
  await expect(old.embed(['q'])).rejects.toMatchObject({ code: 'model-misbehaved' });
});

test('without a model nothing is asked, and what to do is said', async () => {
  const all = await embedders(undefined);
  expect(await all.wanted()).toBe(offline);
  await expect(all.of(space('old')).embed(['q'])).rejects.toThrow('EMBEDDING_MODEL is not set');
  await expect(all.of({ ...space('old'), preprocessing: '0' }).embed(['q'])).rejects.toThrow(
    'in another way',
  );
  await expect(all.named({ model: 'new', baseUrl: server.baseUrl })).rejects.toThrow(
    'has no EMBEDDING_MODEL',
  );
  expect(server.requests).toEqual([]);
});

test('a model of another endpoint than that of the settings is refused', async () => {
  const all = await embedders('new');
  await expect(all.named({ model: 'new', baseUrl: 'http://localhost:1/v1' })).rejects.toThrow('is at');
});
