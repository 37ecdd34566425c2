import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Database } from '../library/db.ts';
import { ensureVectorIndex } from '../library/nearest-passages.ts';
import { embeddingText } from '../library/passages.ts';
import { contentHash, resourceInput } from '../library/resources.ts';
import { liveSpace } from '../library/spaces.ts';
import { storeResources } from '../library/store-resources.ts';
import { freshDatabase } from '../library/testing/test-database.ts';
import { createOpenAIEmbedder, probeOpenAIEmbedder } from '../models/openai-embedder.ts';
import { createQueryEmbedder } from '../models/query-embedder.ts';
import { createReranker } from '../models/reranker.ts';
import { hashedVector } from '../models/testing/hashed-vectors.ts';
import {
  type OpenAIReply,
  type OpenAIRequest,
  type OpenAIServer,
  startOpenAIServer,
} from '../models/testing/openai-server.ts';
import { createAnalyser } from './analysis.ts';
import { createFlatVectors } from './flat-vectors.ts';
import { createIndexSync } from './index-sync.ts';
import { createLexicalIndex } from './lexical-index.ts';
import { createPassageDirectory } from './passage-directory.ts';
import { createSearcher, type Searcher } from './search.ts';
import { createVectorLeg } from './vector-leg.ts';

let database: Database;
let server: OpenAIServer;
let searcher: Searcher;
let lost: string[];
let embed: (request: OpenAIRequest) => OpenAIReply;
let rank: (request: OpenAIRequest) => OpenAIReply;

const TEXTS: [id: string, text: string][] = [
  ['tide-1', 'The tide rises twice a day. The tide, the tide.'],
  ['tide-2', 'The moon makes the tide.'],
  ['tide-3', 'Fishermen know the tide by heart.'],
  ['far', 'Ebb and flow of the sea.'],
];
const working = (request: OpenAIRequest) => ({ vectors: request.input!.map(text => hashedVector(text)) });
const backwards = ({ documents }: OpenAIRequest) => ({
  ranking: documents!.map((_, index) => ({ index, relevance_score: index / 10 })),
});

beforeAll(async () => {
  embed = working;
  server = await startOpenAIServer(request =>
    request.path.endsWith('/rerank') ? rank(request) : embed(request),
  );
  const [opened, analyser] = await Promise.all([freshDatabase(), createAnalyser()]);
  database = opened;
  const settings = { model: 'vec', baseUrl: server.baseUrl, apiKey: undefined };
  const embedder = await probeOpenAIEmbedder(settings);
  const space = await liveSpace(database.db, embedder.space);
  if (database.kind === 'postgres') await ensureVectorIndex(database.db, space);
  const vectors = await embedder.embed(TEXTS.map(([id, text]) => embeddingText(id, { heading: [], text })));
  const ready = TEXTS.map(([id, text], i) => {
    const input = resourceInput.parse({ id, title: id, text: '', language: 'en' });
    const passages = [{ heading: [], text, vector: vectors[i]! }];
    return { input: { ...input, language: 'en', source: 'test' }, contentHash: contentHash([id]), passages };
  });
  await database.transaction(db => storeResources(db, ready, space.id));
  const index = createLexicalIndex({ analyser, translate: () => [] });
  const flat = createFlatVectors(space.dimensions);
  const directory = createPassageDirectory();
  const report = (error: Error) => expect.unreachable(error.message);
  await createIndexSync({
    db: database.readDb,
    index,
    vectors: { flat, space },
    directory,
    position: '0',
    report,
  }).catchUp();
  const vectorLeg = createVectorLeg(database, space, { flat, directory });
  const searchEmbedder = createQueryEmbedder(createOpenAIEmbedder(settings, space.dimensions));
  searcher = createSearcher({
    db: database.readDb,
    index,
    vectors: () => ({ embedder: searchEmbedder, vectorLeg }),
    reranker: createReranker({ model: 'cross', baseUrl: server.baseUrl, apiKey: undefined }),
    onLost: part => lost.push(part),
  });
  lost = [];
});
afterEach(() => {
  embed = working;
  lost = [];
});
afterAll(async () => {
  await database.close();
  await server.close();
});

const inOrder = ({ documents }: OpenAIRequest) => ({
  ranking: documents!.map((_, index) => ({ index, relevance_score: 1 - index / 10 })),
});
async function found(limit = 10): Promise<string[]> {
  const results = await searcher.search({ query: 'the tide', limit }, null);
  expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).sort((a, b) => b - a));
  return results.map(({ resourceId }) => resourceId);
}

it('takes the order of the reranker, over more than what is shown, and keeps the scale of scores', async () => {
  rank = inOrder;
  const before = await searcher.search({ query: 'the tide', limit: 10 }, null);
  expect(before).toHaveLength(4);
  rank = backwards;
  const after = await searcher.search({ query: 'the tide', limit: 10 }, null);
  expect(after.map(({ resourceId }) => resourceId)).toEqual(
    before.map(({ resourceId }) => resourceId).reverse(),
  );
  expect(after.map(({ score }) => score)).toEqual(before.map(({ score }) => score));
  expect(await found(1)).toEqual([before.at(-1)!.resourceId]);
  const { passages } = await searcher.passagesFor({ query: 'the tide', limit: 1 }, null);
  expect(passages[0]!.resourceId).toBe(before.at(-1)!.resourceId);
  expect(lost).toEqual([]);
});

it('keeps its own order when the reranker fails', async () => {
  rank = inOrder;
  const before = await found();
  rank = () => ({ status: 500 });
  expect(await found()).toEqual(before);
  expect(lost).toEqual(['rerank']);
});

it('finds by words alone while the embedding endpoint is down, and at once', async () => {
  rank = inOrder;
  expect(await found()).toContain('far');
  embed = () => ({ status: 500 });
  const started = performance.now();
  for (let i = 0; i < 30; i++) {
    const ids = await found();
    expect(ids.slice(0, 3).sort()).toEqual(['tide-1', 'tide-2', 'tide-3']);
  }
  // A generous bound: with a deadline or a retry in each they would take a minute.
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(lost).toHaveLength(30);
  expect(server.requests.filter(({ path }) => path.endsWith('/embeddings')).length).toBeLessThan(20);
});
