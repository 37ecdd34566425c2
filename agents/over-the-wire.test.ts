import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerText } from '../library/answer.ts';
import type { ResourceDetail } from '../library/catalogue.ts';
import type { Generation } from '../library/generations.ts';
import { planRequestSchema } from '../library/lesson-plan.ts';
import { type ChatModels, createChatModels } from '../models/chat-models.ts';
import {
  type OpenAIReply,
  type OpenAIRequest,
  type OpenAIServer,
  startOpenAIServer,
} from '../models/testing/openai-server.ts';
import { plainTextTools } from '../models/testing/plain-text-tools.ts';
import { createPlanner } from './planner.ts';
import { createRecommender } from './recommender.ts';
import { createRunner } from './run.ts';
import { foundPassage, passageResult } from './testing/passages.ts';
import { createTutor } from './tutor.ts';

/** The agents as the product runs them, against a server that speaks the OpenAI protocol. */
const WATER = foundPassage({
  resourceId: 'zh/water',
  title: '水的沸腾',
  heading: ['变化与热量'],
  text: '在通常的大气压下，冰在 0℃ 时融化，水在 100℃ 左右沸腾。气压低的高山上，水不到 100℃ 就会沸腾。',
});
const tools = plainTextTools([WATER.text, '密度 质量', '分数 分母']);
const KEY = 'sk-secret-0123456789';

let server: OpenAIServer;
let recorded: Generation[];
beforeEach(() => {
  recorded = [];
});
afterEach(() => server.close());

async function agentsFor(
  reply: (request: OpenAIRequest, index: number) => OpenAIReply,
  { model = 'tiny', floor = false, fallback }: { model?: string; floor?: boolean; fallback?: string } = {},
) {
  server = await startOpenAIServer(reply);
  const all = createChatModels({ baseUrl: server.baseUrl, apiKey: KEY, model, fallback }, tools);
  const models = (floor ? all : all.filter(({ offline }) => !offline)) as ChatModels;
  const runner = createRunner({
    models,
    record: async generation => recorded.push(generation),
    spaceId: () => 1,
  });
  const findPassages = async () => passageResult([WATER]);
  const findResource = async () => ({}) as ResourceDetail;
  const search = async () => [{ ...WATER, score: 1, passages: [WATER] }];
  return {
    tutor: createTutor({ runner, findPassages, judgeEvidence: () => 0.9, tools }),
    recommender: createRecommender({ runner, search, findResource, tools }),
    planner: createPlanner({ runner, findPassages, tools }),
  };
}
const question = { question: '水什么时候沸腾？', history: [], asker: null };
const silent = () => undefined;

describe('the tutor', () => {
  test('answers with what the endpoint streams', async () => {
    const { tutor } = await agentsFor(() => ({ text: '水在 100℃ 左右沸腾[1]。水在 50℃ 沸腾[1]。' }));
    const answer = await tutor.answer(question, silent);
    expect(answerText(answer)).toBe('水在 100℃ 左右沸腾。[1]');
    expect(answer.model).toBe('tiny');
    expect(recorded).toEqual([
      expect.objectContaining({ model: 'tiny', inputTokens: 100, outputTokens: 20, outcome: 'ok' }),
    ]);
    expect(server.requests[0]).toMatchObject({
      stream: true,
      tools: [{ function: { name: 'search_library' } }],
    });
  });

  test('lets it search for more', async () => {
    const { tutor } = await agentsFor((_, i) =>
      i === 0
        ? { call: { name: 'search_library', args: { query: '高山' } } }
        : { text: '高山上水不到 100℃ 就会沸腾[1]。' },
    );
    expect(answerText(await tutor.answer(question, silent))).toContain('高山上水不到 100℃ 就会沸腾。[1]');
    expect(server.requests[1]!.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
    ]);
  });

  test('does without tools where the endpoint rejects them', async () => {
    const { tutor } = await agentsFor(request =>
      request.tools
        ? { status: 400, message: 'tools are not supported' }
        : { text: '水在 100℃ 左右沸腾[1]。' },
    );
    expect((await tutor.answer(question, silent)).outcome).toBe('answered');
  });

  test.each([
    [{ status: 401 }, 'model-unavailable', 'OPENAI_API_KEY'],
    [{ status: 500 }, 'model-unavailable', 'Try again later'],
    [{ raw: 'data: {"choi\n\n' }, 'model-misbehaved', 'cannot be read'],
  ] as [OpenAIReply, string, string][])('fails clearly on %j', async (reply, code, advice) => {
    const { tutor } = await agentsFor(() => reply);
    const error = await tutor.answer(question, silent).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AppError', code, message: expect.stringContaining(advice) });
    expect(String(error)).not.toContain(KEY);
    expect(recorded.at(-1)).toMatchObject({ outcome: 'failed', error: expect.stringContaining(advice) });
  });

  test('or goes on with the fallback model, or with quotations', async () => {
    const { tutor } = await agentsFor(
      ({ model }) => (model === 'tiny' ? { status: 503 } : { text: '水在 100℃ 左右沸腾[1]。' }),
      { fallback: 'small' },
    );
    expect((await tutor.answer(question, silent)).model).toBe('small');
    await server.close();
    const floored = await agentsFor(() => ({ status: 500 }), { floor: true });
    const answer = await floored.tutor.answer(question, silent);
    expect(answer).toMatchObject({ model: 'offline', notice: expect.stringContaining('暂时无法使用') });
    expect(answerText(answer)).toContain('水在 100℃ 左右沸腾');
  });

  test('tells a refusal and an answer cut off at the length limit from a whole one', async () => {
    const { tutor } = await agentsFor(() => ({ text: '我不能回答。', finish: 'content_filter' }));
    expect(await tutor.answer(question, silent)).toMatchObject({ outcome: 'refused', sentences: [] });
    await server.close();
    const long = await agentsFor(() => ({ text: '水在 100℃ 左右沸腾[1]。冰在 0℃ 时', finish: 'length' }));
    expect(answerText(await long.tutor.answer(question, silent))).toBe('水在 100℃ 左右沸腾。[1]');
  });

  test('stops the request upstream when the asker stops', async () => {
    const { tutor } = await agentsFor(() => ({ text: '水在 100℃ 左右沸腾[1]。'.repeat(200), delayMs: 5 }));
    const stop = new AbortController();
    const answer = await tutor.answer({ ...question, signal: stop.signal }, kind => {
      if (kind === 'sentence') stop.abort();
    });
    expect(answer.notice).toContain('中途断开');
    for (let i = 0; i < 100 && server.aborted() === 0; i++) await setTimeout(20);
    expect(server.aborted()).toBe(1);
    expect(recorded[0]!.outcome).toBe('stopped');
  });
});

describe('structured output', () => {
  const reasons = { reasons: [{ id: 'zh/water', text: '讲水在 100℃ 左右沸腾。' }] };

  test('comes by a tool call from a model that nobody knows', async () => {
    const { recommender } = await agentsFor(() => ({ call: { args: reasons } }));
    const { items, model } = await recommender.recommend({ goal: '水的沸腾', limit: 3 }, { asker: null });
    expect([items[0]!.reason, model]).toEqual(['讲水在 100℃ 左右沸腾。', 'tiny']);
    expect(server.requests[0]).toMatchObject({
      tools: [{ function: { name: 'Reasons' } }],
      tool_choice: 'required',
    });
  });

  test('and by JSON schema from one that is known to keep it', async () => {
    const { recommender } = await agentsFor(() => ({ text: JSON.stringify(reasons) }), { model: 'gpt-4o' });
    const { items, model } = await recommender.recommend({ goal: '水的沸腾', limit: 3 }, { asker: null });
    expect([items[0]!.reason, model]).toEqual(['讲水在 100℃ 左右沸腾。', 'gpt-4o']);
    expect(server.requests[0]!.response_format).toMatchObject({ type: 'json_schema' });
  });

  test('drafts a plan, a few sections at a time', async () => {
    const { planner } = await agentsFor(request => {
      const key = /<section key="([\w-]+)"/u.exec(request.messages.at(-1)!.content!)![1];
      const items = key === 'key-points' ? [{ text: '水在 100℃ 左右沸腾。', passages: [1] }] : [];
      return { call: { args: { items } }, delayMs: 30 };
    });
    const plan = await planner.draft(planRequestSchema.parse({ topic: '水的沸腾' }), { asker: null }, silent);
    expect(plan.model).toBe('tiny');
    expect(plan.sections.find(({ key }) => key === 'key-points')!.items).toEqual([
      { text: '水在 100℃ 左右沸腾。', citations: [1], origin: 'library' },
    ]);
    expect(server.requests).toHaveLength(12);
    expect(server.mostAtOnce()).toBe(3);
  });

  test('a plan fails clearly when no model can be asked', async () => {
    const { planner } = await agentsFor(() => ({ status: 401 }));
    const failed = planner.draft(planRequestSchema.parse({ topic: '水的沸腾' }), { asker: null }, silent);
    await expect(failed).rejects.toMatchObject({ code: 'model-unavailable' });
  });
});
