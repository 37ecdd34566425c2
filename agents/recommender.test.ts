import { beforeEach, expect, test } from 'vitest';
import type { ResourceDetail } from '../library/catalogue.ts';
import { AppError } from '../library/errors.ts';
import type { Generation } from '../library/generations.ts';
import type { ChatModels, NamedModel } from '../models/chat-models.ts';
import { OfflineChatModel } from '../models/offline-chat-model.ts';
import { plainTextTools } from '../models/testing/plain-text-tools.ts';
import { ScriptedModel } from '../models/testing/scripted-model.ts';
import type { SearchResult } from '../retrieval/search.ts';
import type { SearchRequest } from '../retrieval/search-request.ts';
import { createRecommender, type Wish } from './recommender.ts';
import { createRunner } from './run.ts';
import { foundPassage } from './testing/passages.ts';

const tools = plainTextTools(['密度 质量 体积', '梯度 下降', '一般 的 话', '课程 学习']);

function result(
  over: Partial<SearchResult> & { resourceId: string; title: string; text?: string },
): SearchResult {
  const { text = '密度是质量与体积之比。', ...rest } = over;
  const passage = foundPassage({ text, heading: ['密度的定义'], ...rest });
  return { ...passage, score: over.score ?? 1, passages: [passage] };
}
const DENSITY = result({
  resourceId: 'a',
  title: '密度',
  stage: 'junior',
  minutes: 45,
  prerequisites: ['天平的使用', 'zh/water'],
});
const COURSE = result({
  resourceId: 'c',
  title: '数据分析',
  type: '微专业',
  score: 0.9,
  text: '课程讲数据分析。',
});
const LESSONS = [1, 2, 3, 4].map(n =>
  result({ resourceId: `l${n}`, title: `密度练习（${n}）`, score: 1 - n / 100 }),
);

let recorded: Generation[];
let asked: SearchRequest[];
beforeEach(() => {
  recorded = [];
  asked = [];
});

function recommenderOf(found: SearchResult[], ...script: ScriptedModel['script']) {
  const offline: NamedModel = { name: 'offline', offline: true, model: new OfflineChatModel(tools) };
  const models =
    script.length > 0 ? [{ name: 'big', offline: false, model: new ScriptedModel(script) }] : [offline];
  return createRecommender({
    runner: createRunner({
      models: models as ChatModels,
      record: async generation => recorded.push(generation),
      spaceId: () => null,
    }),
    search: async request => {
      asked.push(request);
      return found.slice(0, request.limit);
    },
    findResource: async id => {
      if (id !== 'a') throw new AppError('not-found', `There is no live resource "${id}".`);
      return { ...DENSITY, description: '量一量。', teaches: ['浮沉'] } as unknown as ResourceDetail;
    },
    tools,
  });
}
const wish = (over: Partial<Wish>): Wish => ({ limit: 3, ...over });

test('every reason is made of facts: where it matches and by what, for whom, how long, what comes first', async () => {
  const { items, notice, model } = await recommenderOf([DENSITY]).recommend(wish({ goal: '什么是密度' }), {
    asker: null,
  });
  expect(items).toEqual([
    expect.objectContaining({
      resourceId: 'a',
      title: '密度',
      reason: '“密度的定义”一节讲到密度，适合初中，约 45 分钟，先修：天平的使用。',
    }),
  ]);
  expect({ notice, model }).toEqual({ notice: null, model: 'offline' });
  expect(recommenderOf([]).reasonOf(DENSITY, 'What is density?')).toBe(
    'The section “密度的定义” bears on this; for junior secondary; about 45 minutes; know first: 天平的使用.',
  );
});

test('a long goal prefers courses among near equals, a short one does not', async () => {
  const recommender = recommenderOf([DENSITY, COURSE]);
  const ids = async (goal: string) =>
    (await recommender.recommend(wish({ goal }), { asker: null })).items.map(({ resourceId }) => resourceId);
  expect(await ids('想转行做数据分析')).toEqual(['c', 'a']);
  expect(await ids('密度怎么算')).toEqual(['a', 'c']);
});

test('a list has at most two of one title, unless nothing else is there', async () => {
  const ids = async (found: SearchResult[]) =>
    (await recommenderOf(found).recommend(wish({ goal: '密度' }), { asker: null })).items.map(
      ({ resourceId }) => resourceId,
    );
  expect(await ids([...LESSONS, COURSE])).toEqual(['l1', 'l2', 'c']);
  expect(await ids(LESSONS)).toEqual(['l1', 'l2', 'l3']);
});

test('neighbours of a resource are found by what it is about, without it and without a model', async () => {
  const { items } = await recommenderOf(LESSONS, 'never').recommend(
    wish({ similarTo: 'a', stage: 'junior' }),
    { asker: null },
  );
  expect(items).toHaveLength(3);
  expect(asked[0]).toMatchObject({ exclude: ['a'], filters: { stage: 'junior' } });
  expect(asked[0]!.query).toContain('浮沉');
  expect(recorded).toEqual([]);
  const missing = recommenderOf([]).recommend(wish({ similarTo: 'zz' }), { asker: null });
  await expect(missing).rejects.toMatchObject({ code: 'not-found' });
});

test('a model may word a reason, but add nothing to the facts', async () => {
  const word = (text: string) => ({
    output: {
      reasons: [
        { id: 'a', text },
        { id: 'invented', text: '好' },
      ],
    },
  });
  const reasonFor = async (text: string) => {
    const reply = await recommenderOf([DENSITY], word(text)).recommend(wish({ goal: '什么是密度' }), {
      asker: null,
    });
    expect(reply.items).toHaveLength(1);
    return reply.items[0]!.reason;
  };
  const worded = '它用约 45 分钟讲密度的定义：质量与体积之比。';
  expect(await reasonFor(worded)).toBe(worded);
  const plain = '“密度的定义”一节讲到密度，适合初中，约 45 分钟，先修：天平的使用。';
  for (const text of [
    '它用 30 分钟讲密度。',
    '清华大学出品，讲密度的定义。',
    '讲密度，见 https://evil.example',
    'It teaches density.',
    `讲密度${'的定义'.repeat(120)}`,
    '',
  ])
    expect([text, await reasonFor(text)]).toEqual([text, plain]);
  expect(recorded[0]).toMatchObject({
    agent: 'recommender',
    evidence: [{ n: 1, passageId: DENSITY.passages[0]!.passageId }],
  });
});

test('without a working model the list stands all the same; an empty one says so', async () => {
  const down = { error: new AppError('model-unavailable', 'Down.') };
  const reply = await recommenderOf([DENSITY], down).recommend(wish({ goal: '什么是密度' }), { asker: null });
  expect(reply).toMatchObject({ model: 'offline', items: [{ resourceId: 'a' }] });
  expect(recorded[0]).toMatchObject({ outcome: 'failed', error: 'Down.' });
  expect(await recommenderOf([]).recommend(wish({ goal: '密度' }), { asker: null })).toEqual({
    items: [],
    notice: '资料库里没有找到适合这个目标的资源。',
    model: 'offline',
  });
});
