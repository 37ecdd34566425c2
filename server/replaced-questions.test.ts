import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProduct, type Product } from '../cli/product.ts';
import { ingestPaths } from '../ingestion/ingest-paths.ts';
import { createAccount, createDemoAccounts } from '../library/accounts.ts';
import { loadConfig } from '../library/config.ts';
import type { Message } from '../library/conversations.ts';
import en from '../web/locales/en.json' with { type: 'json' };
import zh from '../web/locales/zh.json' with { type: 'json' };
import { buildServer } from './app.ts';
import { createOperations } from './operations.ts';

let dataDir: string;
let product: Product;
let app: FastifyInstance;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  dataDir = await mkdtemp(`${tmpdir()}/zhujiao-replaced-`);
  product = await openProduct(loadConfig({ ZHUJIAO_DATA_DIR: dataDir }), pino({ level: 'silent' }), {
    worker: true,
  });
  await product.ready;
  const operations = createOperations(product.deps);
  const { runId } = await ingestPaths(['samples/zh', 'samples/en'], 'samples', operations);
  while ((await operations.progress({ runId })).state !== 'done')
    await new Promise(resolve => setTimeout(resolve, 50));
  app = await buildServer(product.deps);
  await createDemoAccounts(product.deps.database.db);
  const { db } = product.deps.database;
  for (const [username, role] of [
    ['ming', 'learner'],
    ['hua', 'learner'],
    ['keeper', 'admin'],
  ] as const) {
    const password = `secret-${username}`;
    await createAccount(db, { username, displayName: username, role, password });
    const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password } });
    cookies[username] = reply.headers['set-cookie']!.toString().split(';')[0]!;
  }
  // The index follows commits within a second.
  const found = () => app.inject({ method: 'POST', url: '/api/search', payload: { query: '光合作用' } });
  while ((await found()).json().results.length === 0) await new Promise(resolve => setTimeout(resolve, 50));
});
afterAll(async () => {
  await app.close();
  await product.close();
  await rm(dataDir, { recursive: true, force: true });
});

const get = (url: string, username = 'ming') =>
  app.inject({ method: 'GET', url, headers: { cookie: cookies[username]! } });
const post = (url: string, payload: object, username = 'ming') =>
  app.inject({ method: 'POST', url, payload, headers: { cookie: cookies[username]! } });

/** Asks and waits for the answer. */
async function ask(
  url: string,
  payload: object,
  username = 'ming',
): Promise<{ conversationId: string; messageId: string }> {
  const reply = await post(url, payload, username);
  expect(reply.statusCode).toBe(202);
  await get(`/api/messages/${reply.json().messageId}/events`, username);
  return reply.json();
}
const messagesOf = async (conversationId: string, username = 'ming'): Promise<Message[]> =>
  (await get(`/api/conversations/${conversationId}`, username)).json().messages;
const textsOf = (messages: Message[]) =>
  messages.filter(({ role }) => role === 'user').map(({ text }) => text);
const found = async (words: string) =>
  (await get(`/api/conversations?words=${encodeURIComponent(words)}`)).json().conversations;

describe('a question that is edited', () => {
  it('takes the place of the old one, which stays for the admin alone', async () => {
    const first = await ask('/api/conversations', { question: '鲸鲨在月球上怎么过冬？' });
    const [old] = await messagesOf(first.conversationId);
    const second = await ask(`/api/conversations/${first.conversationId}/messages`, {
      question: '光合作用需要哪些条件？',
      replaces: old!.id,
    });

    const conversation = (await get(`/api/conversations/${first.conversationId}`)).json();
    expect(conversation.title).toBe('光合作用需要哪些条件？');
    expect(textsOf(conversation.messages)).toEqual(['光合作用需要哪些条件？']);
    expect(conversation.messages[1]).toMatchObject({
      id: second.messageId,
      answer: { outcome: 'answered' },
    });
    expect(await found('鲸鲨')).toEqual([]);
    expect(await found('光合作用需要哪些条件')).toHaveLength(1);

    const { answers } = (await get('/api/admin/answers', 'keeper')).json();
    const marks = answers.map(({ messageId, superseded }: { messageId: string; superseded: boolean }) => [
      messageId,
      superseded,
    ]);
    expect(marks).toEqual([
      [second.messageId, false],
      [first.messageId, true],
    ]);
    const detail = (await get(`/api/admin/answers/${first.messageId}`, 'keeper')).json();
    expect(detail.card).toMatchObject({ question: '鲸鲨在月球上怎么过冬？', superseded: true });
  });

  it('is what follow-ups go on from', async () => {
    const { conversationId } = await ask('/api/conversations', { question: '什么是牛顿第二定律？' });
    const path = `/api/conversations/${conversationId}/messages`;
    await ask(path, { question: '水结冰以后体积会变大吗？' });
    const last = (await messagesOf(conversationId)).at(-2)!;
    const edited = await ask(path, { question: '《静夜思》里哪几个字押韵？', replaces: last.id });
    const follow = await ask(path, { question: '作者是谁？' });

    const rewritten = async (messageId: string) => {
      const { rows } = await product.deps.database.db.query<{ input: string }>(
        "select input from generation where message_id = $1 and agent = 'rewriter'",
        [messageId],
      );
      return rows[0]!.input;
    };
    // Neither the new question itself nor what comes after it hears of the one that is gone.
    expect(await rewritten(edited.messageId)).toContain('什么是牛顿第二定律');
    expect(await rewritten(edited.messageId)).not.toContain('水结冰');
    expect(await rewritten(follow.messageId)).toContain('《静夜思》里哪几个字押韵');
    expect(await rewritten(follow.messageId)).not.toContain('水结冰');

    const conversation = (await get(`/api/conversations/${conversationId}`)).json();
    expect(conversation.title).toBe('什么是牛顿第二定律？');
    expect(textsOf(conversation.messages)).toEqual([
      '什么是牛顿第二定律？',
      '《静夜思》里哪几个字押韵？',
      '作者是谁？',
    ]);
  });

  it('asked again in the same words replaces the answer, not the question’s place', async () => {
    const first = await ask('/api/conversations', { question: '密度是什么？' });
    const path = `/api/conversations/${first.conversationId}/messages`;
    const [question] = await messagesOf(first.conversationId);
    await product.deps.database.db.query(
      "update message set state = 'failed', content = '{}' where id = $1",
      [first.messageId],
    );
    const again = await ask(path, { question: '密度是什么？', replaces: question!.id });
    const messages = await messagesOf(first.conversationId);
    expect(messages).toHaveLength(2);
    expect(messages[1]).toMatchObject({ id: again.messageId, state: 'done' });
  });

  it('must be the last one, of the asker’s own conversation, and answered', async () => {
    const { conversationId } = await ask('/api/conversations', { question: '密度是什么？' });
    const path = `/api/conversations/${conversationId}/messages`;
    const [first, answer] = await messagesOf(conversationId);
    await ask(path, { question: '它的单位呢？' });
    const replace = (replaces: string, username?: string) =>
      post(path, { question: '换一个问题', replaces }, username);

    const earlier = await replace(first!.id);
    expect(earlier.statusCode).toBe(409);
    expect(earlier.json().error.message).toMatch(/^Only the last question/);
    expect((await replace(answer!.id)).statusCode).toBe(409);
    const other = await ask('/api/conversations', { question: '光合作用是什么？' });
    const [foreign] = await messagesOf(other.conversationId);
    expect((await replace(foreign!.id)).statusCode).toBe(409);
    const last = (await messagesOf(conversationId)).at(-2)!;
    expect((await replace(last.id, 'hua')).statusCode).toBe(404);

    // Two windows edit it at once: one of them is told.
    const both = await Promise.all([replace(last.id), replace(last.id)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([202, 409]);
    const accepted = both.find(({ statusCode }) => statusCode === 202)!.json();
    await get(`/api/messages/${accepted.messageId}/events`);
    expect(textsOf(await messagesOf(conversationId))).toEqual(['密度是什么？', '换一个问题']);
  });
});

describe('the first page', () => {
  it('says whether there are demo accounts', async () => {
    const session = async () => (await app.inject({ method: 'GET', url: '/api/session' })).json();
    expect((await session()).demo).toBe(true);
    await product.deps.database.db.query(
      "update account set disabled_at = now() where username in ('learner', 'teacher', 'admin')",
    );
    expect((await session()).demo).toBe(false);
  });

  it.each([
    ['zh', zh, 'hua'], // each asks for itself: thirty questions a minute are the most
    ['en', en, 'keeper'],
  ])(
    'suggests for every stage what the samples answer, in %s',
    { timeout: 120_000 },
    async (_, texts, username) => {
      const silent: string[] = [];
      for (const [stage, questions] of Object.entries(texts.ask.example.ofStage))
        for (const question of Object.values(questions)) {
          const { conversationId } = await ask('/api/conversations', { question, stage }, username);
          const answer = (await messagesOf(conversationId, username))[1]?.answer;
          if (answer?.outcome !== 'answered' || answer.citations.length === 0) silent.push(question);
        }
      expect(silent).toEqual([]);
    },
  );
});
