import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProduct, type Product } from '../cli/product.ts';
import { ingestPaths } from '../ingestion/ingest-paths.ts';
import { changePassword, createAccount, type Role } from '../library/accounts.ts';
import { loadConfig } from '../library/config.ts';
import { MOST_PUPILS } from '../library/pupils.ts';
import { buildServer } from './app.ts';
import { createOperations } from './operations.ts';

const CELLS = 'en/photosynthesis';

interface Pupil {
  id: string;
  name: string;
  pin: string;
}

let dataDir: string;
let product: Product;
let app: FastifyInstance;
const cookies: Record<string, string> = {};

const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  `${reply.headers['set-cookie']}`.split(';')[0]!;
const signUp = async (username: string, role: Role) => {
  const password = `secret-${username}`;
  await createAccount(product.deps.database.db, { username, displayName: username, role, password });
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password } });
  cookies[username] = cookieOf(reply);
};

beforeAll(async () => {
  dataDir = await mkdtemp(`${tmpdir()}/zhujiao-classes-`);
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
const call = (method: Method, url: string, cookie?: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }), headers: cookie ? { cookie } : {} });
const create = async (name: string): Promise<string> =>
  (await call('POST', '/api/classes', cookies.teacher, { name, stage: 'junior' })).json().classId;
const read = async (id: string) => (await call('GET', `/api/classes/${id}`, cookies.teacher)).json();
const add = (id: string, ...names: string[]) =>
  call('POST', `/api/classes/${id}/pupils`, cookies.teacher, { names });
const addAll = async (id: string, ...names: string[]): Promise<Pupil[]> =>
  (await add(id, ...names)).json().pupils;
const enter = (code: string, name: string, pin: string) =>
  call('POST', '/api/session/class', undefined, { code, name, pin });
const namesOf = async (id: string) => (await read(id)).members.map(({ name }: { name: string }) => name);
const query = async (text: string, values: unknown[] = []) =>
  (await product.deps.database.db.query(text, values)).rows;

/** The session of a new pupil. */
const cookieIn = async (classId: string) => {
  const [pupil] = await addAll(classId, 'Same Name');
  return cookieOf(await enter((await read(classId)).code, 'Same Name', pupil!.pin));
};

/** Sends a file as a teacher's browser does; the id of the resource once it has been read. */
async function upload(classId: string, name: string, content: string) {
  const form = new FormData();
  form.append('visibility', 'class');
  form.append('classId', classId);
  form.append('files', new Blob([content]), name);
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const sent = await app.inject({
    method: 'POST',
    url: '/api/uploads',
    headers: { cookie: cookies.teacher!, 'content-type': request.headers.get('content-type')! },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  const url = `/api/uploads/${sent.json().runId}`;
  const state = async () => (await call('GET', url, cookies.teacher)).json().state;
  await expect.poll(state, { timeout: 20_000 }).toBe('done');
  const { items } = (await call('GET', url, cookies.teacher)).json();
  return items[0].resourceId as string;
}

describe('rights', () => {
  it('are those of teachers and admins', async () => {
    const statuses = await Promise.all(
      [undefined, cookies.learner, cookies.teacher, cookies.admin].map(
        async cookie => (await call('GET', '/api/classes', cookie)).statusCode,
      ),
    );
    expect(statuses).toEqual([401, 403, 200, 200]);
  });

  it('let no other teacher see or change a class', async () => {
    const id = await create('Only mine');
    const [pupil] = await addAll(id, 'Han Meimei');
    const url = `/api/classes/${id}`;
    const { code } = await read(id);
    const tries = [
      call('GET', url, cookies.colleague),
      call('PATCH', url, cookies.colleague, { name: 'Taken' }),
      call('PATCH', url, cookies.colleague, { archived: true }),
      call('POST', `${url}/code`, cookies.colleague),
      call('POST', `${url}/pupils`, cookies.colleague, { names: ['Spy'] }),
      call('POST', `${url}/pupils/${pupil!.id}/pin`, cookies.colleague),
      call('DELETE', `${url}/pupils/${pupil!.id}`, cookies.colleague),
    ];
    expect((await Promise.all(tries)).map(({ statusCode }) => statusCode)).toEqual(tries.map(() => 404));
    expect((await call('GET', '/api/classes', cookies.colleague)).json()).toEqual({ classes: [] });
    expect(await read(id)).toMatchObject({ name: 'Only mine', code, archived: false, pupils: 1 });
    expect((await enter(code, pupil!.name, pupil!.pin)).statusCode).toBe(200);
  });

  it('let an admin look after every class, and no pupil of another class be reached through one', async () => {
    const [id, other] = [await create('One'), await create('Another')];
    const [pupil] = await addAll(id, 'Kim');
    const { classes } = (await call('GET', '/api/classes', cookies.admin)).json();
    expect(classes.find((card: { id: string }) => card.id === id)).toMatchObject({
      teacher: 'teacher',
      own: false,
      pupils: 1,
    });
    const elsewhere = `/api/classes/${other}/pupils/${pupil!.id}`;
    expect((await call('POST', `${elsewhere}/pin`, cookies.admin)).statusCode).toBe(404);
    expect((await call('DELETE', elsewhere, cookies.admin)).statusCode).toBe(404);
    const renewed = await call('POST', `/api/classes/${id}/pupils/${pupil!.id}/pin`, cookies.admin);
    expect(renewed.json()).toMatchObject({ id: pupil!.id, name: 'Kim' });
  });

  it('end at the organisation, for admins too', async () => {
    const [{ id }] = await query(
      `with o as (insert into organisation (name) values ('Other') returning id)
       insert into class (organisation_id, name, teacher_id) select o.id, 'Far', (select min(id) from account) from o
       returning id::text`,
    );
    expect((await call('GET', `/api/classes/${id}`, cookies.admin)).statusCode).toBe(404);
  });
});

describe('a class', () => {
  it('is made with a code, renamed, archived and opened again', async () => {
    const id = await create('  Grade 7  ');
    expect(await read(id)).toMatchObject({ name: 'Grade 7', stage: 'junior', pupils: 0, archived: false });
    const [pupil] = await addAll(id, 'Li Lei');
    const { code } = await read(id);
    expect(code).toMatch(/^[CDFHJKMNPRTXY347]{6}$/);
    const cookie = cookieOf(await enter(code, 'Li Lei', pupil!.pin));
    const change = (body: object) => call('PATCH', `/api/classes/${id}`, cookies.teacher, body);
    expect((await change({ name: 'Grade 8', archived: true })).json()).toMatchObject({
      name: 'Grade 8',
      archived: true,
    });
    expect((await call('GET', '/api/session', cookie)).json().account).toBeNull();
    expect((await enter(code, 'Li Lei', pupil!.pin)).statusCode).toBe(401);
    await change({ archived: false });
    expect((await enter(code, 'Li Lei', pupil!.pin)).statusCode).toBe(200);
    expect((await change({ name: ' ' })).statusCode).toBe(400);
  });

  it('lets nobody in by its old code', async () => {
    const id = await create('Renewed');
    const [pupil] = await addAll(id, 'Lucy');
    const { code } = await read(id);
    const renewed = (await call('POST', `/api/classes/${id}/code`, cookies.teacher)).json().code;
    expect(renewed).not.toBe(code);
    expect((await enter(code, 'Lucy', pupil!.pin)).statusCode).toBe(401);
    expect((await enter(renewed, 'Lucy', pupil!.pin)).statusCode).toBe(200);
  });
});

describe('pupils', () => {
  it('are added with PINs that are told once, and are in the audit', async () => {
    const id = await create('Added');
    const pupils = await addAll(id, ' 王小明 ', '', 'Li  Lei');
    expect(pupils.map(({ name }) => name)).toEqual(['王小明', 'Li Lei']);
    expect(pupils.every(({ pin }) => /^\d{6}$/.test(pin))).toBe(true);
    expect(JSON.stringify(await read(id))).not.toContain(pupils[0]!.pin);
    expect((await namesOf(id)).toSorted()).toEqual(['Li Lei', '王小明']);
    const [account] = await query('select stage, role from account where id = $1', [pupils[0]!.id]);
    expect(account).toEqual({ stage: 'junior', role: 'learner' });
    expect(await query('select action, details from audit where target = $1', [pupils[0]!.id])).toEqual([
      { action: 'add-pupil', details: { class: Number(id), name: '王小明' } },
    ]);
  });

  it.each([
    ['twice in the list', ['Tom', 'Ann', 'ＴＯＭ'], ['ＴＯＭ']],
    ['in the class already', ['Ann', ' ki m'], ['ki m']],
  ])('are not added when a name is %s, which is named', async (_, names, repeated) => {
    const id = await create('Twice');
    await addAll(id, 'Kim');
    const refused = await add(id, ...names);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().error.details).toEqual({ repeated });
    expect(refused.json().error.message).toContain(repeated[0]);
    expect(await namesOf(id)).toEqual(['Kim']);
    expect((await add(await create('Elsewhere'), 'Kim')).statusCode).toBe(200);
  });

  it('are not added when one is no name, when there is none, or when the class would be too full', async () => {
    const id = await create('Full');
    const unusable = await add(id, 'Ann', '···');
    expect(unusable.statusCode).toBe(400);
    expect(unusable.json().error.details).toEqual({ unusable: ['···'] });
    expect((await add(id, ' ')).statusCode).toBe(400);
    const full = await add(id, ...Array.from({ length: MOST_PUPILS + 1 }, (_, n) => `Pupil ${n}`));
    expect(full.statusCode).toBe(400);
    expect(full.json().error.message).toContain(`${MOST_PUPILS}`);
    expect(full.json().error.details).toEqual({ room: MOST_PUPILS });
    expect(await namesOf(id)).toEqual([]);
  });

  it('sign in however code, name and PIN are typed, and see what their class is called', async () => {
    const id = await create('Grade 7, class 3');
    const [pupil] = await addAll(id, 'Li Lei');
    const { code } = await read(id);
    const spaced = `${code.slice(0, 3)}-${code.slice(3)} `.toLowerCase();
    const wide = [...pupil!.pin].map(digit => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)).join('');
    const reply = await enter(spaced, 'ｌｉ　ＬＥＩ', `${wide.slice(0, 3)} ${wide.slice(3)}`);
    expect(reply.json()).toMatchObject({
      account: { displayName: 'Li Lei', role: 'learner', stage: 'junior' },
      classes: ['Grade 7, class 3'],
    });
    expect((await call('GET', '/api/session', cookies.learner)).json().classes).toEqual([]);
  });

  it('are told the same whatever was wrong, and cannot sign in by a username', async () => {
    const id = await create('Closed');
    const [pupil] = await addAll(id, 'Jim');
    const { code } = await read(id);
    const wrong = [
      await enter(code, 'Jim', '12345'),
      await enter(code, 'Nobody', pupil!.pin),
      await enter('CCCCCC', 'Jim', pupil!.pin),
    ];
    expect(wrong.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    expect(new Set(wrong.map(reply => reply.json().error.message)).size).toBe(1);
    const [{ username }] = await query('select username from account where id = $1', [pupil!.id]);
    const direct = await call('POST', '/api/session', undefined, { username, password: pupil!.pin });
    expect(direct.statusCode).toBe(401);
    const { db } = product.deps.database;
    await expect(changePassword(db, username, 'secret')).rejects.toThrow('with a password');
    expect((await enter(code, 'Jim', pupil!.pin)).statusCode).toBe(200);
  });

  it('are guessed only slowly, however the name is typed, while a classmate gets in', async () => {
    const id = await create('Guessed');
    const [one, two] = await addAll(id, 'One', 'Two');
    const { code } = await read(id);
    const statuses = [];
    for (let guess = 0; guess < 11; guess++)
      statuses.push((await enter(code, guess % 2 ? 'ONE' : 'o n e', 'wrong')).statusCode);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    expect((await enter(code.toLowerCase(), 'One', one!.pin)).statusCode).toBe(429);
    expect((await enter(code, 'Two', two!.pin)).statusCode).toBe(200);
  });

  it('get a new PIN, which ends the old one and its sessions', async () => {
    const id = await create('New PIN');
    const [pupil] = await addAll(id, 'Rose');
    const { code } = await read(id);
    const cookie = cookieOf(await enter(code, 'Rose', pupil!.pin));
    const url = `/api/classes/${id}/pupils/${pupil!.id}`;
    const { pin } = (await call('POST', `${url}/pin`, cookies.teacher)).json();
    expect((await call('GET', '/api/session', cookie)).json().account).toBeNull();
    expect((await enter(code, 'Rose', pupil!.pin)).statusCode).toBe(401);
    expect((await enter(code, 'Rose', pin)).statusCode).toBe(200);
  });

  it('are removed with their account', async () => {
    const id = await create('Removed');
    const [pupil] = await addAll(id, 'Jack', 'Jill');
    const url = `/api/classes/${id}/pupils/${pupil!.id}`;
    expect((await call('DELETE', url, cookies.teacher)).json()).toEqual({ done: true });
    expect((await call('DELETE', url, cookies.teacher)).statusCode).toBe(404);
    expect(await namesOf(id)).toEqual(['Jill']);
    expect(await query('select 1 from account where id = $1', [pupil!.id])).toEqual([]);
    const actions = await query('select action from audit where target = $1 order by id', [pupil!.id]);
    expect(actions).toEqual([{ action: 'add-pupil' }, { action: 'remove-pupil' }]);
  });

  it('see what is for their class, and others do not', async () => {
    const [id, other] = [await create('Sees'), await create('Sees not')];
    const [pupil, stranger] = [await cookieIn(id), await cookieIn(other)];
    await query(
      `update resource set visibility = 'class', class_id = $2, changed_in = pg_current_xact_id() where id = $1`,
      [CELLS, id],
    );
    const asked = async (cookie?: string) => {
      const read = await call('GET', `/api/resources/${encodeURIComponent(CELLS)}`, cookie);
      const found = await call('POST', '/api/search', cookie, { query: 'photosynthesis' });
      const ids = found.json().results.map(({ resourceId }: { resourceId: string }) => resourceId);
      return [read.statusCode, ids.includes(CELLS)];
    };
    expect(await asked(pupil)).toEqual([200, true]);
    expect(await asked(cookies.teacher)).toEqual([200, true]);
    expect(await asked(stranger)).toEqual([404, false]);
    expect(await asked()).toEqual([404, false]);
  });

  it('find what their teacher uploaded for the class once an admin has published it', async () => {
    const [id, other] = [await create('Tides'), await create('No tides')];
    const [pupil, stranger] = [await cookieIn(id), await cookieIn(other)];
    const lesson = '# Tidal millponds\n\nA tidal millpond keeps the flood and lets it turn the wheel at ebb.';
    const resourceId = await upload(id, 'millponds.md', lesson);
    const found = async (cookie?: string) => {
      const { results } = (await call('POST', '/api/search', cookie, { query: 'tidal millponds' })).json();
      return results.some((result: { resourceId: string }) => result.resourceId === resourceId);
    };
    expect(await found(pupil)).toBe(false);
    const publish = `/api/admin/resources/${encodeURIComponent(resourceId)}/publish`;
    expect((await call('POST', publish, cookies.admin, {})).statusCode).toBe(200);
    await expect.poll(() => found(pupil)).toBe(true);
    expect(await Promise.all([found(stranger), found(cookies.learner), found()])).toEqual([
      false,
      false,
      false,
    ]);
    const direct = await call('GET', `/api/resources/${encodeURIComponent(resourceId)}`, stranger);
    expect(direct.statusCode).toBe(404);
  });
});
