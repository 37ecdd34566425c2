import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenResources } from '../cli/commands/plan.ts';
import { openProduct, type Product } from '../cli/product.ts';
import { ingestPaths } from '../ingestion/ingest-paths.ts';
import { createAccount } from '../library/accounts.ts';
import { loadConfig } from '../library/config.ts';
import { type LessonPlan, MOST_CHOSEN, planRequestSchema } from '../library/lesson-plan.ts';
import { withdrawResource } from '../library/life-cycle.ts';
import { buildServer } from './app.ts';
import { createOperations } from './operations.ts';

const CELLS = 'en/photosynthesis';
const CHAINS = 'en/food-chains';
const OTHER = 'en/binary-search';

let dataDir: string;
let product: Product;
let app: FastifyInstance;
let cookie: string;

beforeAll(async () => {
  dataDir = await mkdtemp(`${tmpdir()}/zhujiao-chosen-`);
  const config = loadConfig({ ZHUJIAO_DATA_DIR: dataDir });
  product = await openProduct(config, pino({ level: 'silent' }), { worker: true });
  await product.ready;
  const operations = createOperations(product.deps);
  const { runId } = await ingestPaths(['samples/en'], 'samples', operations);
  while ((await operations.progress({ runId })).state !== 'done')
    await new Promise(resolve => setTimeout(resolve, 50));
  app = await buildServer(product.deps);
  const account = {
    username: 'teacher',
    displayName: 'teacher',
    role: 'teacher',
    password: 'secret-1',
  } as const;
  await createAccount(product.deps.database.db, account);
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload: account });
  cookie = reply.headers['set-cookie']!.toString().split(';')[0]!;
}, 60_000);
afterAll(async () => {
  await app.close();
  await product.close();
  await rm(dataDir, { recursive: true, force: true });
});

const request = (payload: object) =>
  app.inject({ method: 'POST', url: '/api/lesson-plans', headers: { cookie }, payload });

async function drafted(payload: object): Promise<LessonPlan> {
  const { planId } = (await request(payload)).json();
  const get = (path: string) =>
    app.inject({ url: `/api/lesson-plans/${planId}${path}`, headers: { cookie } });
  await get('/events');
  return (await get('')).json().plan;
}
const citedBy = (plan: LessonPlan) => new Set(plan.citations.map(({ resourceId }) => resourceId));

describe('a plan from chosen resources', () => {
  it('cites only these, and says which it could not use', async () => {
    const plan = await drafted({ topic: 'Photosynthesis', resourceIds: [OTHER, CELLS] });
    expect(citedBy(plan)).toEqual(new Set([CELLS]));
    expect(plan.citations.length).toBeGreaterThan(5);
    expect(plan.basis).toMatchObject({
      resources: [{ resourceId: OTHER, title: expect.any(String), language: 'en' }, { resourceId: CELLS }],
      beyond: false,
    });
  });

  it('may take from the rest of the library where the teacher allows it', async () => {
    const topic = 'Photosynthesis and food chains';
    const narrow = await drafted({ topic, resourceIds: [CHAINS] });
    expect(citedBy(narrow)).toEqual(new Set([CHAINS]));
    const wide = await drafted({ topic, resourceIds: [CHAINS], beyond: true });
    expect([...citedBy(wide)]).toEqual(expect.arrayContaining([CHAINS]));
    expect(citedBy(wide).size).toBeGreaterThan(1);
  });

  it('refuses what is not there by its name, before anything is drafted', async () => {
    await product.deps.database.transaction(db => withdrawResource(db, 'en/fractions-of-a-whole', 'wrong'));
    const reply = await request({
      topic: 'Leaves',
      resourceIds: [CELLS, 'en/fractions-of-a-whole', 'en/none'],
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().error.message).toContain('“en/fractions-of-a-whole”, “en/none”. Take them out');
    const plans = await app.inject({ url: '/api/lesson-plans', headers: { cookie } });
    expect(plans.json().plans.map(({ topic }: { topic: string }) => topic)).not.toContain('Leaves');
    const many = Array.from({ length: MOST_CHOSEN + 1 }, (_, n) => `en/${n}`);
    expect((await request({ topic: 'Leaves', resourceIds: many })).statusCode).toBe(400);
  });

  it('is drafted from the command line too', async () => {
    const { plan } = createOperations(product.deps);
    const resourceIds = chosenResources([
      '--topic',
      'x',
      '--resource',
      `${CELLS}, ${CHAINS}`,
      `--resource=${OTHER}`,
    ]);
    expect(resourceIds).toEqual([CELLS, CHAINS, OTHER]);
    const made = await plan(planRequestSchema.parse({ topic: 'Photosynthesis', resourceIds: [CELLS] }));
    expect(citedBy(made)).toEqual(new Set([CELLS]));
    await expect(
      plan(planRequestSchema.parse({ topic: 'Photosynthesis', resourceIds: ['none'] })),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('“none”') });
    expect(chosenResources(['--topic', 'x'])).toBeUndefined();
    expect(() => chosenResources(['--resource'])).toThrow('takes the id');
  });
});

describe('versions of a plan', () => {
  it('come back as new ones, with the sources that they had', async () => {
    const { planId } = (await request({ topic: 'Photosynthesis', resourceIds: [CELLS] })).json();
    const url = `/api/lesson-plans/${planId}`;
    await app.inject({ url: `${url}/events`, headers: { cookie } });
    const first = (await app.inject({ url, headers: { cookie } })).json().plan;
    const sections = [{ key: 'outcomes', minutes: null, items: [] }];
    await app.inject({ method: 'PATCH', url, headers: { cookie }, payload: { sections } });
    const restore = (number: number) =>
      app.inject({
        method: 'POST',
        url: `${url}/versions/${number}/restore`,
        headers: { cookie },
        payload: { note: 'as before' },
      });
    const reply = (await restore(1)).json();
    expect(reply.plan).toEqual(first);
    expect(
      reply.versions.map(({ number, note }: { number: number; note: string }) => [number, note]),
    ).toEqual([
      [1, ''],
      [2, ''],
      [3, 'as before'],
    ]);
    expect((await restore(9)).statusCode).toBe(404);
  });
});
