import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProduct, type Product } from '../cli/product.ts';
import { ingestPaths } from '../ingestion/ingest-paths.ts';
import { createAccount } from '../library/accounts.ts';
import { loadConfig } from '../library/config.ts';
import { addQuestion, createConversation } from '../library/conversations.ts';
import { buildServer } from './app.ts';
import { createOperations } from './operations.ts';

let dataDir: string;
let product: Product;
let app: FastifyInstance;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  dataDir = await mkdtemp(`${tmpdir()}/zhujiao-server-`);
  const config = loadConfig({ ZHUJIAO_DATA_DIR: dataDir });
  product = await openProduct(config, pino({ level: 'silent' }), { worker: true });
  await product.ready;
  const operations = createOperations(product.deps);
  const { runId } = await ingestPaths(['samples/zh', 'samples/en'], 'samples', operations);
  while ((await operations.progress({ runId })).state !== 'done')
    await new Promise(resolve => setTimeout(resolve, 50));
  app = await buildServer(product.deps);
  for (const role of ['learner', 'teacher', 'admin'] as const) {
    await createAccount(product.deps.database.db, {
      username: role,
      displayName: role,
      role,
      password: `secret-${role}`,
    });
    const reply = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: role, password: `secret-${role}` },
    });
    cookies[role] = reply.headers['set-cookie']!.toString().split(';')[0]!;
  }
  // The index follows commits within a second.
  while ((await post('/api/search', { query: '光合作用' })).json().results.length === 0) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
});
afterAll(async () => {
  await app.close();
  await product.close();
  await rm(dataDir, { recursive: true, force: true });
});

const headers = (role?: string) => (role ? { cookie: cookies[role]! } : {});
const get = (url: string, role?: string) => app.inject({ method: 'GET', url, headers: headers(role) });
const post = (url: string, payload: object, role?: string) =>
  app.inject({ method: 'POST', url, payload, headers: headers(role) });
/** Kind, number and data of every event of a finished stream. */
const eventsOf = (reply: LightMyRequestResponse) =>
  reply.body
    .split('\n\n')
    .map(block => /^id: (\d+)\nevent: (\S+)\ndata: (.*)$/.exec(block))
    .filter(match => match !== null)
    .map(([, id, kind, data]) => ({ id: Number(id), kind: kind!, data: JSON.parse(data!) }));

/** Repeats a query until it has rows. */
async function waitFor<T extends { rows: unknown[] }>(query: () => Promise<T>): Promise<T> {
  for (;;) {
    const result = await query();
    if (result.rows.length > 0) return result;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe('sign-in', () => {
  it('tells nobody whether a username exists, and opens no session for a wrong password', async () => {
    const wrong = await post('/api/session', { username: 'teacher', password: 'guess' });
    const unknown = await post('/api/session', { username: 'nobody', password: 'guess' });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(wrong.json().error.message).toBe(unknown.json().error.message);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('lets a class in at once from one address, and slows down who guesses', async () => {
    const tryIn = async (password: string) =>
      (await post('/api/session', { username: 'admin', password })).statusCode;
    const several = (times: number, password: string) =>
      Promise.all(Array.from({ length: times }, () => tryIn(password)));
    expect(new Set(await several(15, 'secret-admin'))).toEqual(new Set([200]));
    expect(new Set(await several(10, 'guess'))).toEqual(new Set([401]));
    expect(await tryIn('secret-admin')).toBe(429);
    const other = await post('/api/session', { username: 'teacher', password: 'secret-teacher' });
    expect(other.statusCode).toBe(200);
  });

  it('ends with sign-out, for the copied cookie too', async () => {
    const reply = await post('/api/session', { username: 'learner', password: 'secret-learner' });
    const cookie = reply.headers['set-cookie']!.toString().split(';')[0]!;
    const list = () => app.inject({ method: 'GET', url: '/api/conversations', headers: { cookie } });
    expect((await list()).statusCode).toBe(200);
    await app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } });
    expect((await list()).statusCode).toBe(401);
  });

  it('refuses a change that another site sends with our cookie', async () => {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/recommendations',
      payload: { goal: 'x' },
      headers: { ...headers('learner'), origin: 'https://elsewhere.example' },
    });
    expect(reply.statusCode).toBe(403);
  });
});

describe('rights', () => {
  it.each([
    ['/api/conversations', [401, 200, 200, 200]],
    ['/api/lesson-plans', [401, 403, 200, 200]],
    ['/api/admin/overview', [401, 403, 403, 200]],
    ['/api/admin/answers', [401, 403, 403, 200]],
    ['/api/admin/generations', [401, 403, 403, 200]],
    ['/api/admin/ingestion-runs', [401, 403, 403, 200]],
  ])('of %s follow the role', async (url, statuses) => {
    const asked = [undefined, 'learner', 'teacher', 'admin'];
    expect(await Promise.all(asked.map(async role => (await get(url, role)).statusCode))).toEqual(statuses);
  });

  it('of local operations need the token of the lock file', async () => {
    expect((await post('/api/local/listAccounts', {}, 'admin')).statusCode).toBe(403);
    const forged = await app.inject({
      method: 'POST',
      url: '/api/local/listAccounts',
      payload: {},
      headers: { authorization: 'Bearer undefined' },
    });
    expect(forged.statusCode).toBe(403);
  });

  it('of a conversation are its owner’s alone', async () => {
    const { conversationId, messageId } = (
      await post('/api/conversations', { question: '什么是密度？' }, 'learner')
    ).json();
    await get(`/api/messages/${messageId}/events`, 'learner');
    for (const url of [`/api/conversations/${conversationId}`, `/api/messages/${messageId}/events`]) {
      expect((await get(url, 'teacher')).statusCode).toBe(404);
    }
    const found = async (words: string, name: 'learner' | 'teacher') =>
      (await get(`/api/conversations?words=${encodeURIComponent(words)}`, name)).json().conversations.length;
    // What an answer said is found too.
    expect([await found('体积之比', 'learner'), await found('体积之比', 'teacher')]).toEqual([1, 0]);
  });
});

describe('search', () => {
  it('is open to visitors, filters hard, and names what is wrong with a request', async () => {
    const { results } = (await post('/api/search', { query: 'photosynthesis', language: 'en' })).json();
    expect(results[0].resourceId).toBe('en/photosynthesis');
    expect(results.every((result: { language: string }) => result.language === 'en')).toBe(true);
    const bad = await post('/api/search', { query: '', limit: 0 });
    expect([bad.statusCode, bad.json().error.message]).toEqual([400, expect.stringContaining('limit')]);
  });

  it('counts by stage, subject, type and language when asked to', async () => {
    const { facets } = (await post('/api/search', { query: 'photosynthesis', facets: true })).json();
    expect(facets.language.values.map(({ value }: { value: string }) => value).sort()).toEqual(['en', 'zh']);
  });

  it('goes on after the results already seen', async () => {
    const page = async (limit: number, offset: number) =>
      (await post('/api/search', { query: '植物', limit, offset })).json().results;
    expect([...(await page(2, 0)), ...(await page(2, 2))]).toEqual(await page(4, 0));
  });

  it('opens a resource with its passages and its neighbours', async () => {
    const resource = (await get(`/api/resources/${encodeURIComponent('en/photosynthesis')}`)).json();
    expect(resource).toMatchObject({ language: 'en', stage: 'junior', status: 'live' });
    expect(resource.passages.length).toBeGreaterThan(0);
    expect(resource.titles).toEqual({ 'en/food-chains': 'Food chains and food webs' });
    const similar = resource.similar.map(({ resourceId }: { resourceId: string }) => resourceId);
    expect(similar).not.toContain('en/photosynthesis');
    expect((await get('/api/resources/none')).statusCode).toBe(404);
  });
});

describe('an answer', () => {
  it('streams checked sentences with their citations, and replays from any event on', async () => {
    const asked = (
      await post('/api/conversations', { question: '什么叫光合作用？', stage: 'junior' }, 'learner')
    ).json();
    const url = `/api/messages/${asked.messageId}/events`;
    const events = eventsOf(await get(url, 'learner'));
    const kinds = events.map(({ kind }) => kind);
    expect(kinds[0]).toBe('search-done');
    expect(kinds.at(-1)).toBe('answer-end');
    expect(kinds).toContain('sentence');
    for (const { data } of events.filter(({ kind }) => kind === 'citation-found')) {
      expect(data.passage.slice(data.quoteStart, data.quoteStart + data.quote.length)).toBe(data.quote);
    }
    const { message } = events.at(-1)!.data;
    expect(message).toMatchObject({ state: 'done', answer: { outcome: 'answered', model: 'offline' } });
    expect(message.answer.citations[0].resourceId).toBe('zh/photosynthesis');

    const later = await app.inject({
      method: 'GET',
      url,
      headers: { ...headers('learner'), 'last-event-id': '2' },
    });
    expect(eventsOf(later)).toEqual(events.slice(2));
    const after = { ...headers('learner'), 'last-event-id': `${events.length}` };
    expect((await app.inject({ method: 'GET', url, headers: after })).statusCode).toBe(204);
  });

  it('says no where the library is silent, and the question becomes a gap that can be asked for', async () => {
    const question = 'Who won the football world cup in 1998?';
    const { messageId } = (await post('/api/conversations', { question }, 'learner')).json();
    const { message } = eventsOf(await get(`/api/messages/${messageId}/events`, 'learner')).at(-1)!.data;
    expect(message.answer).toMatchObject({ outcome: 'no-evidence', sentences: [], citations: [] });
    await post('/api/wishes', { messageId }, 'learner');
    const { gaps } = (await get('/api/admin/overview', 'admin')).json();
    expect(gaps).toContainEqual(expect.objectContaining({ question, asked: 1, requested: 1 }));
  });

  it('is shown to the admin with the evidence that the model saw, and with what people think of it', async () => {
    const { messageId } = (
      await post('/api/conversations', { question: 'What do plants need for photosynthesis?' }, 'learner')
    ).json();
    await get(`/api/messages/${messageId}/events`, 'learner');
    await post('/api/feedback', { targetKind: 'answer', targetId: messageId, value: 'bad' }, 'learner');
    await post('/api/feedback', { targetKind: 'answer', targetId: messageId, value: 'good' }, 'learner');
    const { answers } = (await get('/api/admin/answers?feedback=good', 'admin')).json();
    expect(answers.map((card: { messageId: string }) => card.messageId)).toContain(messageId);
    const detail = (await get(`/api/admin/answers/${messageId}`, 'admin')).json();
    expect(detail.generations[0]).toMatchObject({ agent: 'tutor', model: 'offline', outcome: 'ok' });
    expect(detail.generations[0].evidence[0]).toMatchObject({ n: 1, intact: true, withdrawn: false });
  });

  it('tells the admin which of its sources a reader doubts, and why', async () => {
    const { messageId } = (
      await post('/api/conversations', { question: '光合作用需要哪些条件？' }, 'learner')
    ).json();
    await get(`/api/messages/${messageId}/events`, 'learner');
    const doubt = (targetId: string, who = 'learner') =>
      post(
        '/api/feedback',
        { targetKind: 'citation', targetId, value: 'bad', reason: 'only-part', comment: '只说了光' },
        who,
      );
    expect((await doubt(`${messageId}:1`)).statusCode).toBe(200);
    expect((await doubt(messageId)).statusCode).toBe(400);
    expect((await doubt(`${messageId}:99`)).statusCode).toBe(404);
    expect((await doubt(`${messageId}:1`, 'teacher')).statusCode).toBe(404);
    const { doubts } = (await get(`/api/admin/answers/${messageId}`, 'admin')).json();
    expect(doubts).toEqual([
      {
        n: 1,
        reason: 'only-part',
        comment: '只说了光',
        account: 'learner',
        createdAt: expect.any(String),
      },
    ]);
  });

  it('that a dead process left unfinished is ended when a server starts, and its reader is told', async () => {
    const { db } = product.deps.database;
    const { rows: accounts } = await db.query(
      "select id::text, organisation_id::text from account where username = 'learner'",
    );
    const [{ id: accountId, organisation_id: organisationId }] = accounts;
    const conversationId = await createConversation(db, {
      organisationId,
      accountId,
      question: '断电时的问题',
    });
    const messageId = await addQuestion(db, conversationId, '断电时的问题');
    const second = await buildServer(product.deps);
    const read = () =>
      second.inject({ method: 'GET', url: `/api/messages/${messageId}/events`, headers: headers('learner') });
    const { rows } = await waitFor(() =>
      db.query("select 1 from message where id = $1 and state = 'failed'", [messageId]),
    );
    expect(rows).toHaveLength(1);
    expect(eventsOf(await read())[0]).toMatchObject({
      kind: 'answer-end',
      data: { message: { state: 'failed' } },
    });
    await second.close();
  });

  it('in a conversation waits for the one before, and a deleted conversation is gone', async () => {
    const { conversationId, messageId } = (
      await post('/api/conversations', { question: '什么是牛顿第二定律？' }, 'learner')
    ).json();
    await get(`/api/messages/${messageId}/events`, 'learner');
    const next = (
      await post(`/api/conversations/${conversationId}/messages`, { question: '它的公式是什么？' }, 'learner')
    ).json();
    await get(`/api/messages/${next.messageId}/events`, 'learner');
    const { messages } = (await get(`/api/conversations/${conversationId}`, 'learner')).json();
    expect(messages.map(({ role }: { role: string }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
    await app.inject({
      method: 'DELETE',
      url: `/api/conversations/${conversationId}`,
      headers: headers('learner'),
    });
    expect((await get(`/api/conversations/${conversationId}`, 'learner')).statusCode).toBe(404);
  });
});

describe('a lesson plan', () => {
  it('streams its sections, adds up, and can be edited and exported', async () => {
    const request = { topic: '光合作用', stage: 'junior', minutes: 40 };
    const { planId } = (await post('/api/lesson-plans', request, 'teacher')).json();
    const events = eventsOf(await get(`/api/lesson-plans/${planId}/events`, 'teacher'));
    expect(events[0]!.kind).toBe('plan-outline');
    const { plan, versions } = events.at(-1)!.data.plan;
    expect(
      plan.sections.reduce(
        (sum: number, section: { minutes: number | null }) => sum + (section.minutes ?? 0),
        0,
      ),
    ).toBe(40);
    expect(plan.citations.length).toBeGreaterThan(0);
    expect(versions).toHaveLength(1);

    const [section] = plan.sections;
    const written = {
      text: '我会讲清楚光合作用的意义。',
      citations: [plan.citations[0].n],
      origin: 'library',
    };
    const items = [...section.items.slice(0, 1), { ...written, citations: [], origin: 'teacher' }];
    const edited = await app.inject({
      method: 'PATCH',
      url: `/api/lesson-plans/${planId}`,
      payload: { sections: [{ ...section, items: [...section.items.slice(0, 1), written] }], note: '目标' },
      headers: headers('teacher'),
    });
    expect(edited.json().plan.sections[0].items).toEqual(items);
    expect(edited.json().versions).toHaveLength(2);
    expect((await get(`/api/lesson-plans/${planId}/versions/1`, 'teacher')).json().sections[0]).toEqual(
      section,
    );
    const markdown = await get(`/api/lesson-plans/${planId}/export?format=md`, 'teacher');
    expect(markdown.body).toContain('我会讲清楚光合作用的意义。');
    expect((await get(`/api/lesson-plans/${planId}`, 'admin')).statusCode).toBe(404);
  });
});

describe('recommendations', () => {
  it('exist, and each has its reason', async () => {
    const { items } = (
      await post('/api/recommendations', { goal: '想学会用手机安全付款' }, 'learner')
    ).json();
    expect(items[0].resourceId).toMatch(/^zh\/(qr-payment-safety|smartphone-for-elders|anti-fraud)$/);
    expect(items.every(({ reason }: { reason: string }) => reason.length > 0)).toBe(true);
    expect((await post('/api/recommendations', { goal: 'a', similarTo: 'b' }, 'learner')).statusCode).toBe(
      400,
    );
  });
});

describe('withdrawal', () => {
  it('takes a resource out of searches and its page at once', async () => {
    const url = `/api/admin/resources/${encodeURIComponent('en/binary-search')}/withdraw`;
    expect((await post(url, {}, 'teacher')).statusCode).toBe(403);
    expect((await post(url, { reason: 'Outdated' }, 'admin')).statusCode).toBe(200);
    const { results } = (await post('/api/search', { query: 'binary search' })).json();
    expect(results.map(({ resourceId }: { resourceId: string }) => resourceId)).not.toContain(
      'en/binary-search',
    );
    expect((await get('/api/resources/en%2Fbinary-search')).statusCode).toBe(404);
  });
});

describe('the service', () => {
  it('reports health and figures, and describes its API', async () => {
    expect((await get('/health/live')).json()).toEqual({ status: 'live' });
    expect((await get('/health/ready')).json()).toEqual({ status: 'ready' });
    expect((await get('/metrics')).body).toMatch(/http_request_seconds_count\{[^}]*route="\/api\/search"/);
    const api = (await get('/docs/json')).json();
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/api/search', '/api/conversations', '/api/lesson-plans']),
    );
    expect(Object.keys(api.paths).some(path => path.startsWith('/api/local'))).toBe(false);
  });

  it('answers what is not there in one form', async () => {
    const reply = await get('/api/nothing');
    expect(reply.statusCode).toBe(404);
    expect(reply.json().error).toMatchObject({ code: 'not-found', requestId: expect.any(String) });
  });
});
