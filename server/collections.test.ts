import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProduct, type Product } from '../cli/product.ts';
import { ingestPaths } from '../ingestion/ingest-paths.ts';
import { createAccount, type Role } from '../library/accounts.ts';
import { MOST_ITEMS } from '../library/collections.ts';
import { loadConfig } from '../library/config.ts';
import { withdrawResource } from '../library/life-cycle.ts';
import { buildServer } from './app.ts';
import { createOperations } from './operations.ts';

const CELLS = 'en/photosynthesis';
const CHAINS = 'en/food-chains';
const SEARCH = 'en/binary-search';

let dataDir: string;
let product: Product;
let app: FastifyInstance;
const cookies: Record<string, string> = {};

const signUp = async (username: string, role: Role) => {
  const password = `secret-${username}`;
  await createAccount(product.deps.database.db, { username, displayName: username, role, password });
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password } });
  cookies[username] = reply.headers['set-cookie']!.toString().split(';')[0]!;
};

beforeAll(async () => {
  dataDir = await mkdtemp(`${tmpdir()}/zhujiao-collections-`);
  const config = loadConfig({ ZHUJIAO_DATA_DIR: dataDir });
  product = await openProduct(config, pino({ level: 'silent' }), { worker: true });
  await product.ready;
  const operations = createOperations(product.deps);
  const { runId } = await ingestPaths(['samples/en'], 'samples', operations);
  while ((await operations.progress({ runId })).state !== 'done')
    await new Promise(resolve => setTimeout(resolve, 50));
  app = await buildServer(product.deps);
  for (const [username, role] of [
    ['teacher', 'teacher'],
    ['colleague', 'teacher'],
    ['admin', 'admin'],
    ['learner', 'learner'],
  ] as const) {
    await signUp(username, role);
  }
});
afterAll(async () => {
  await app.close();
  await product.close();
  await rm(dataDir, { recursive: true, force: true });
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const call = (method: Method, url: string, username?: string, payload?: object) =>
  app.inject({
    method,
    url,
    ...(payload && { payload }),
    headers: username ? { cookie: cookies[username]! } : {},
  });
const itemUrl = (id: string, resourceId: string) =>
  `/api/collections/${id}/items/${encodeURIComponent(resourceId)}`;
const create = async (name: string, ...resourceIds: string[]): Promise<string> => {
  const { collectionId } = (await call('POST', '/api/collections', 'teacher', { name })).json();
  for (const resourceId of resourceIds) {
    const added = await call('POST', `/api/collections/${collectionId}/items`, 'teacher', { resourceId });
    expect(added.statusCode).toBe(200);
  }
  return collectionId;
};
const read = async (id: string) => (await call('GET', `/api/collections/${id}`, 'teacher')).json();
const idsOf = async (id: string) =>
  (await read(id)).items.map(({ resourceId }: { resourceId: string }) => resourceId);

describe('rights', () => {
  it('are those of teachers and admins', async () => {
    const statuses = await Promise.all(
      [undefined, 'learner', 'teacher', 'admin'].map(
        async username => (await call('GET', '/api/collections', username)).statusCode,
      ),
    );
    expect(statuses).toEqual([401, 403, 200, 200]);
  });

  it.each(['colleague', 'admin'])('let no %s see or change what is the owner’s', async stranger => {
    const id = await create('Only mine', CELLS);
    const url = `/api/collections/${id}`;
    const tries = [
      call('GET', url, stranger),
      call('PATCH', url, stranger, { name: 'Taken' }),
      call('PATCH', url, stranger, { order: [CELLS] }),
      call('POST', `${url}/items`, stranger, { resourceId: CHAINS }),
      call('PATCH', itemUrl(id, CELLS), stranger, { note: 'Taken' }),
      call('DELETE', itemUrl(id, CELLS), stranger),
      call('DELETE', url, stranger),
    ];
    expect((await Promise.all(tries)).map(({ statusCode }) => statusCode)).toEqual(tries.map(() => 404));
    expect((await call('GET', '/api/collections', stranger)).json()).toEqual({ collections: [] });
    expect(await read(id)).toMatchObject({ name: 'Only mine', items: [{ resourceId: CELLS, note: '' }] });
  });
});

describe('a collection', () => {
  it('is made, renamed and deleted', async () => {
    const id = await create('  Plants  ');
    expect((await read(id)).name).toBe('Plants');
    await call('PATCH', `/api/collections/${id}`, 'teacher', { name: 'Plants and light' });
    expect((await read(id)).name).toBe('Plants and light');
    expect((await call('POST', '/api/collections', 'teacher', { name: ' ' })).statusCode).toBe(400);
    expect((await call('DELETE', `/api/collections/${id}`, 'teacher')).json()).toEqual({ done: true });
    expect((await call('GET', `/api/collections/${id}`, 'teacher')).statusCode).toBe(404);
  });

  it('takes a resource once, in order, and tells that it has it', async () => {
    const id = await create('Ordered', CELLS, CHAINS, CELLS);
    expect(await idsOf(id)).toEqual([CELLS, CHAINS]);
    const { collections } = (
      await call('GET', `/api/collections?holding=${encodeURIComponent(CHAINS)}`, 'teacher')
    ).json();
    expect(collections.find((card: { id: string }) => card.id === id)).toMatchObject({
      items: 2,
      holds: true,
    });
    expect(collections.filter(({ holds }: { holds: boolean }) => holds)).toHaveLength(1);
  });

  it('is ordered by hand; what the order leaves out comes after', async () => {
    const id = await create('By hand', CELLS, CHAINS, SEARCH);
    const order = [SEARCH, CELLS, 'en/not-in-it'];
    const changed = await call('PATCH', `/api/collections/${id}`, 'teacher', { order });
    expect(changed.json().items.map(({ resourceId }: { resourceId: string }) => resourceId)).toEqual([
      SEARCH,
      CELLS,
      CHAINS,
    ]);
    await call('DELETE', itemUrl(id, CELLS), 'teacher');
    await call('POST', `/api/collections/${id}/items`, 'teacher', { resourceId: CELLS });
    expect(await idsOf(id)).toEqual([SEARCH, CHAINS, CELLS]);
  });

  it('keeps a note on an item', async () => {
    const id = await create('Noted', CELLS);
    await call('PATCH', itemUrl(id, CELLS), 'teacher', { note: 'Second lesson' });
    expect((await read(id)).items[0].note).toBe('Second lesson');
    expect((await call('PATCH', itemUrl(id, CHAINS), 'teacher', { note: 'x' })).statusCode).toBe(404);
  });

  it('takes nothing that is not there, and says when it is full', async () => {
    const id = await create('Full');
    const url = `/api/collections/${id}/items`;
    expect((await call('POST', url, 'teacher', { resourceId: 'en/none' })).statusCode).toBe(404);
    await product.deps.database.db.query(
      `with r as (insert into resource (id, organisation_id, source, status)
         select 'full/' || n, 1, 'test', 'draft' from generate_series(1, $2::int) n returning id)
       insert into collection_item (collection_id, organisation_id, owner_id, resource_id, title, language, place)
       select c.id, c.organisation_id, c.owner_id, r.id, r.id, 'en', 1 from collection c, r where c.id = $1`,
      [id, MOST_ITEMS],
    );
    const refused = await call('POST', url, 'teacher', { resourceId: CELLS });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().error.message).toContain('full');
  });

  it('goes on listing a resource that was withdrawn, by the title it had', async () => {
    const id = await create('Lost', SEARCH, CELLS);
    const { title } = (await read(id)).items[0];
    await product.deps.database.transaction(tx => withdrawResource(tx, SEARCH, 'outdated'));
    expect((await read(id)).items).toMatchObject([
      { resourceId: SEARCH, title, description: null, stage: null, withdrawn: true },
      { resourceId: CELLS, withdrawn: false },
    ]);
    await call('DELETE', itemUrl(id, SEARCH), 'teacher');
    expect(await idsOf(id)).toEqual([CELLS]);
  });
});
