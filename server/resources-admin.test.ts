import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './testing/running-app.ts';

const CELLS = 'en/photosynthesis';
const CHAINS = 'en/food-chains';
const SEARCH = 'en/binary-search';
/** What the index promises: it follows a commit within this time. */
const FOLLOWS_MS = 2_000;

const app = startApp();
const { call } = app;
const query = (sql: string, values: unknown[] = []) => app.product.deps.database.db.query(sql, values);

beforeAll(async () => {
  await app.ingest('samples/en');
  await app.signUp('admin', 'admin');
  await app.signUp('teacher', 'teacher');
  await app.signUp('learner', 'learner');
});

const urlOf = (id: string, action = '') =>
  `/api/admin/resources/${encodeURIComponent(id)}${action && `/${action}`}`;
const change = (id: string, action: string, reason?: string) =>
  call('POST', urlOf(id, action), 'admin', reason === undefined ? undefined : { reason });
const record = async (id: string) => (await call('GET', urlOf(id), 'admin')).json();
const list = async (search: string) => (await call('GET', `/api/admin/resources?${search}`, 'admin')).json();
/** As somebody does who changes a status where no rule is, such as a program that brings drafts in. */
const put = (id: string, status: string) =>
  query(
    `update resource set status = $2, withdrawn_at = null, changed_in = pg_current_xact_id() where id = $1`,
    [id, status],
  );

const found = async (words: string, username?: string): Promise<string[]> => {
  const reply = await call('POST', '/api/search', username, { query: words, limit: 20 });
  return reply.json().results.map(({ resourceId }: { resourceId: string }) => resourceId);
};
const finds = (words: string, id: string, expected: boolean) =>
  expect.poll(async () => (await found(words)).includes(id), { timeout: FOLLOWS_MS }).toBe(expected);

describe('rights', () => {
  it('are those of admins', async () => {
    const tries = (['GET', 'PATCH'] as const).flatMap(method =>
      [undefined, 'learner', 'teacher'].map(username =>
        call(method, urlOf(CELLS), username, method === 'PATCH' ? { visibility: 'owner' } : undefined),
      ),
    );
    const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([401, 403, 403, 401, 403, 403]);
    expect((await call('POST', urlOf(CELLS, 'withdraw'), 'teacher', { reason: 'x' })).statusCode).toBe(403);
    expect((await call('GET', '/api/admin/resources', 'teacher')).statusCode).toBe(403);
  });

  it('end at the organisation', async () => {
    await query(`insert into organisation (name) values ('Elsewhere')`);
    await query(
      `insert into resource (id, organisation_id, source, status)
       values ('far/away', (select max(id) from organisation), 'theirs', 'withdrawn')`,
    );
    expect((await call('GET', urlOf('far/away'), 'admin')).statusCode).toBe(404);
    expect((await change('far/away', 'restore')).statusCode).toBe(404);
    expect((await list('words=far/away')).resources).toEqual([]);
    expect((await list('')).sources).toEqual(['samples']);
  });
});

describe('the list', () => {
  it('has what changed last first, in pages', async () => {
    await call('PATCH', urlOf(CHAINS), 'admin', { visibility: 'organisation' });
    const all = await list('limit=100');
    expect(all.resources[0]).toMatchObject({
      resourceId: CHAINS,
      title: 'Food chains and food webs',
      status: 'live',
      visibility: 'organisation',
      owner: null,
      source: 'samples',
      versions: 1,
    });
    const [first, second] = [await list('limit=3'), await list('limit=3&offset=3')];
    expect([...first.resources, ...second.resources]).toEqual(all.resources.slice(0, 6));
    expect(first.total).toBe(all.resources.length);
    await call('PATCH', urlOf(CHAINS), 'admin', { visibility: 'public' });
  });

  it('is searched by title and id, and filtered by status and source', async () => {
    const ids = async (search: string) =>
      (await list(search)).resources.map(({ resourceId }: { resourceId: string }) => resourceId);
    expect(await ids('words=PHOTOSYNTH')).toContain(CELLS);
    expect(await ids('words=en/binary-search')).toEqual([SEARCH]);
    expect(await ids('words=100%25')).toEqual([]);
    expect(await ids('status=withdrawn')).toEqual([]);
    expect(await ids('source=elsewhere')).toEqual([]);
    expect((await call('GET', '/api/admin/resources?status=gone', 'admin')).statusCode).toBe(400);
  });
});

describe('a resource', () => {
  it('leaves search when it is withdrawn and comes back when it is restored, with its history', async () => {
    await finds('binary search in a sorted list', SEARCH, true);
    expect((await change(SEARCH, 'withdraw')).json().error.message).toContain('takes a reason');
    expect((await change(SEARCH, 'withdraw', '  ')).statusCode).toBe(400);
    expect((await change(SEARCH, 'withdraw', 'A figure is wrong')).json()).toEqual({ done: true });
    await finds('binary search in a sorted list', SEARCH, false);
    expect(await record(SEARCH)).toMatchObject({
      status: 'withdrawn',
      transitions: [{ name: 'restore', needsReason: false }],
    });
    expect((await record(SEARCH)).passages[0].text).toContain('sorted');

    expect((await change(SEARCH, 'restore')).statusCode).toBe(200);
    await finds('binary search in a sorted list', SEARCH, true);
    const { history, transitions, passages } = await record(SEARCH);
    expect({ transitions, passages }).toEqual({
      transitions: [{ name: 'withdraw', needsReason: true }],
      passages: [],
    });
    expect(history).toMatchObject([
      { action: 'restore', account: 'admin', details: { from: 'withdrawn', to: 'live', reason: null } },
      { action: 'withdraw', account: 'admin', details: { to: 'withdrawn', reason: 'A figure is wrong' } },
    ]);
  });

  it('is not found before it is published', async () => {
    for (const status of ['draft', 'in-review']) {
      await put(SEARCH, status);
      await finds('binary search in a sorted list', SEARCH, false);
      expect((await call('GET', `/api/resources/${encodeURIComponent(SEARCH)}`, 'admin')).statusCode).toBe(
        404,
      );
    }
    expect((await call('GET', '/api/admin/overview', 'admin')).json().inReview).toBe(1);
    expect((await change(SEARCH, 'send-back')).statusCode).toBe(400);
    expect((await change(SEARCH, 'send-back', 'No source given')).statusCode).toBe(200);
    expect(await record(SEARCH)).toMatchObject({ status: 'draft', transitions: [{ name: 'publish' }] });
    expect((await change(SEARCH, 'publish')).statusCode).toBe(200);
    await finds('binary search in a sorted list', SEARCH, true);
  });

  it.each([
    ['draft', ['send-back', 'withdraw', 'restore']],
    ['in-review', ['withdraw', 'restore']],
    ['live', ['publish', 'send-back', 'restore']],
    ['withdrawn', ['publish', 'send-back', 'withdraw']],
  ])('that is %s refuses every other change and says what it can take', async (status, refused) => {
    await put(SEARCH, status);
    const before = await record(SEARCH);
    for (const action of refused) {
      const reply = await change(SEARCH, action, 'because');
      expect([action, reply.statusCode, reply.json().error.code]).toEqual([action, 409, 'not-possible']);
      expect(reply.json().error.message).toContain('What it can take now');
    }
    expect(await record(SEARCH)).toEqual(before);
    await put(SEARCH, 'live');
  });

  it('without text cannot be published', async () => {
    await query(
      `insert into resource (id, organisation_id, source, status) values ('en/empty', 1, 'samples', 'draft')`,
    );
    expect(await record('en/empty')).toMatchObject({ title: 'en/empty', versions: 0, versionList: [] });
    expect((await change('en/empty', 'publish')).json().error.message).toContain('no text yet');
  });

  it('is shown to whom its visibility says, at once', async () => {
    const visibility = (value: string) => call('PATCH', urlOf(CHAINS), 'admin', { visibility: value });
    await finds('food chains and webs', CHAINS, true);
    await visibility('organisation');
    expect(await found('food chains and webs')).not.toContain(CHAINS);
    expect(await found('food chains and webs', 'learner')).toContain(CHAINS);

    expect((await visibility('class')).json().error.message).toContain('no class');
    expect((await visibility('owner')).json().error.message).toContain('no owner');
    expect((await record(CHAINS)).visibilities).toEqual(['organisation', 'public']);
    await query(
      `with made as (insert into class (organisation_id, name, teacher_id)
         select organisation_id, '7B', id from account where username = 'teacher' returning id, teacher_id)
       update resource r set class_id = made.id, owner_id = made.teacher_id from made where r.id = $1`,
      [CHAINS],
    );
    expect((await visibility('class')).statusCode).toBe(200);
    expect(await record(CHAINS)).toMatchObject({ visibility: 'class', className: '7B', owner: 'teacher' });
    expect(await found('food chains and webs', 'learner')).not.toContain(CHAINS);
    expect(await found('food chains and webs', 'teacher')).toContain(CHAINS);
    await visibility('public');
    expect((await record(CHAINS)).history[0]).toMatchObject({
      action: 'visibility',
      details: { from: 'class', to: 'public' },
    });
  });

  it('that was withdrawn takes a new version and stays withdrawn until somebody restores it', async () => {
    const file = `${app.dataDir}/again.jsonl`;
    const write = (text: string) => writeFile(file, JSON.stringify({ id: 'again', title: 'Quokkas', text }));
    await write('The quokka is a small marsupial of Rottnest Island.');
    await app.ingest(file);
    await finds('quokka marsupial', 'again', true);
    await change('again', 'withdraw', 'Out of date');
    await write('The quokka is a small marsupial. It eats leaves at night.');
    await app.ingest(file);
    expect(await record('again')).toMatchObject({ status: 'withdrawn', versions: 2 });
    expect(await found('quokka marsupial')).not.toContain('again');

    await change('again', 'restore');
    await finds('quokka marsupial', 'again', true);
    const { passages } = (await call('GET', '/api/resources/again')).json();
    expect(passages.map(({ text }: { text: string }) => text).join()).toContain('leaves at night');
    const { versionList } = await record('again');
    expect(versionList.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
  });
});
