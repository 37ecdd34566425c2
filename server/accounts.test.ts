import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from './testing/running-app.ts';

const app = startApp();
const { call } = app;
const ids: Record<string, string> = {};
const query = (sql: string, values: unknown[] = []) => app.product.deps.database.db.query(sql, values);

beforeAll(async () => {
  for (const [username, role] of [
    ['admin', 'admin'],
    ['teacher', 'teacher'],
    ['learner', 'learner'],
  ] as const) {
    ids[username] = await app.signUp(username, role);
  }
});

const list = async (search = '') => (await call('GET', `/api/admin/accounts?${search}`, 'admin')).json();
const names = async (search: string) =>
  (await list(search)).accounts.map(({ username }: { username: string }) => username);
const change = (id: string, body: object, username = 'admin') =>
  call('PATCH', `/api/admin/accounts/${id}`, username, body);
const isIn = async (username: string) =>
  (await call('GET', '/api/session', username)).json().account !== null;

it('is for admins alone', async () => {
  for (const [username, status] of [
    [undefined, 401],
    ['learner', 403],
    ['teacher', 403],
  ] as const) {
    const tries = [
      call('GET', '/api/admin/accounts', username),
      call('POST', '/api/admin/accounts', username, { username: 'x', role: 'admin' }),
      call('PATCH', `/api/admin/accounts/${ids.learner}`, username, { role: 'admin' }),
      call('POST', `/api/admin/accounts/${ids.admin}/password`, username),
      call('GET', '/api/admin/classes', username),
    ];
    expect((await Promise.all(tries)).map(({ statusCode }) => statusCode)).toEqual(tries.map(() => status));
  }
});

describe('the list', () => {
  it('tells role, classes, the last sign-in and who is kept out', async () => {
    await query(
      `with made as (insert into class (organisation_id, name, teacher_id) values (1, '7B', $1) returning id)
       insert into enrolment (class_id, account_id) select id, $2 from made`,
      [ids.teacher, ids.learner],
    );
    await query(
      `insert into account (organisation_id, username, display_name, role, password_hash, disabled_at)
       values (1, 'gone', 'Somebody gone', 'learner', '', now())`,
    );
    const { accounts, total } = await list();
    expect(total).toBe(4);
    const row = (username: string) =>
      accounts.find((each: { username: string }) => each.username === username);
    expect(row('learner')).toMatchObject({ role: 'learner', classes: ['7B'], disabled: false });
    expect(row('teacher').classes).toEqual(['7B']);
    expect(Date.now() - Date.parse(row('admin').signedInAt)).toBeLessThan(60_000);
    expect(row('gone')).toMatchObject({ signedInAt: null, disabled: true, displayName: 'Somebody gone' });
    expect((await call('GET', '/api/admin/classes', 'admin')).json()).toEqual({
      classes: [{ id: expect.any(String), name: '7B', teacher: 'teacher', pupils: 1 }],
    });
  });

  it('is searched by name, filtered by role, and comes in pages, for thousands of accounts', async () => {
    await query(
      `insert into account (organisation_id, username, display_name, role, password_hash)
       select 1, 'p' || n, '学生 ' || lpad(n::text, 4, '0'), 'learner', '' from generate_series(1, 5000) n`,
    );
    expect(await names('words=学生 0042')).toEqual(['p42']);
    expect(await names('words=P4999')).toEqual(['p4999']);
    expect(await names('role=teacher')).toEqual(['teacher']);
    expect(await names('words=100%25')).toEqual([]);
    const started = performance.now();
    const last = await list('words=学生&offset=4950');
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(last.total).toBe(5000);
    expect(last.accounts).toHaveLength(50);
    expect(last.accounts.at(-1).username).toBe('p5000');
    await query(`delete from account where username like 'p%'`);
  });

  it('ends at the organisation', async () => {
    await query(`insert into organisation (name) values ('Elsewhere')`);
    const { rows } = await query(
      `insert into account (organisation_id, username, display_name, role, password_hash)
       values ((select max(id) from organisation), 'stranger', 'Stranger', 'learner', '') returning id::text`,
    );
    expect(await names('words=stranger')).toEqual([]);
    expect((await change(rows[0].id, { disabled: true })).statusCode).toBe(404);
    expect((await call('POST', `/api/admin/accounts/${rows[0].id}/password`, 'admin')).statusCode).toBe(404);
  });
});

describe('an account', () => {
  it('is added with a password that is shown once and works', async () => {
    const made = await call('POST', '/api/admin/accounts', 'admin', {
      username: ' wang ',
      displayName: '王老师',
      role: 'teacher',
    });
    const { username, password } = made.json();
    expect(username).toBe('wang');
    expect(await app.signIn('wang', password)).toBe(200);
    expect((await call('GET', '/api/session', 'wang')).json().account).toMatchObject({
      displayName: '王老师',
      role: 'teacher',
    });
    expect(JSON.stringify(await list('words=wang'))).not.toContain(password);
    const { rows } = await query(`select details::text from audit where action = 'account-add'`);
    expect(JSON.stringify(rows)).not.toContain(password);
    const again = await call('POST', '/api/admin/accounts', 'admin', { username: 'wang', role: 'learner' });
    expect([again.statusCode, again.json().error.code]).toEqual([409, 'conflict']);
    const nameless = await call('POST', '/api/admin/accounts', 'admin', { username: ' ', role: 'learner' });
    expect(nameless.statusCode).toBe(400);
  });

  it('gets a new password, which ends its sessions and the old password', async () => {
    expect(await isIn('learner')).toBe(true);
    const { password } = (await call('POST', `/api/admin/accounts/${ids.learner}/password`, 'admin')).json();
    expect(await isIn('learner')).toBe(false);
    expect(await app.signIn('learner', 'secret-learner')).toBe(401);
    expect(await app.signIn('learner', password)).toBe(200);
  });

  it('is kept out at once when it is disabled, and let in again', async () => {
    await app.signUp('leaving', 'teacher');
    const { id } = (await list('words=leaving')).accounts[0];
    expect((await change(id, { disabled: true })).json()).toEqual({ done: true });
    expect(await isIn('leaving')).toBe(false);
    expect(await app.signIn('leaving', 'secret-leaving')).toBe(401);
    await change(id, { disabled: false });
    expect(await isIn('leaving')).toBe(false);
    expect(await app.signIn('leaving', 'secret-leaving')).toBe(200);
    const { rows } = await query('select action from audit where target = $1 order by id', [`account/${id}`]);
    expect(rows.map(({ action }) => action)).toEqual(['account-disable', 'account-enable']);
  });

  it('has another role from its next request on', async () => {
    expect((await call('GET', '/api/collections', 'learner')).statusCode).toBe(403);
    await change(ids.learner!, { role: 'teacher' });
    expect((await call('GET', '/api/collections', 'learner')).statusCode).toBe(200);
    await change(ids.learner!, { role: 'learner' });
    expect((await change(ids.learner!, { role: 'headmaster' })).statusCode).toBe(400);
    expect((await change('99999', { role: 'teacher' })).statusCode).toBe(404);
    expect((await change('abc', { role: 'teacher' })).statusCode).toBe(400);
  });
});

describe('a pupil', () => {
  it('gets no password and no other role, since a PIN lets them in; but can be kept out', async () => {
    const { classId } = (await call('POST', '/api/classes', 'teacher', { name: '8A', stage: null })).json();
    const added = await call('POST', `/api/classes/${classId}/pupils`, 'teacher', { names: ['Li Lei'] });
    const [{ id, pin }] = added.json().pupils;
    const { code } = (await call('GET', `/api/classes/${classId}`, 'teacher')).json();
    const enter = async () =>
      (await call('POST', '/api/session/class', undefined, { code, name: 'Li Lei', pin })).statusCode;
    const { accounts } = await list('words=Li Lei');
    expect(accounts).toMatchObject([{ id, pupil: true, role: 'learner', classes: ['8A'] }]);
    expect((await list('words=teacher')).accounts[0]).toMatchObject({ pupil: false });
    for (const refused of [
      await call('POST', `/api/admin/accounts/${id}/password`, 'admin'),
      await change(id, { role: 'teacher' }),
    ]) {
      expect([refused.statusCode, refused.json().error.code]).toEqual([409, 'not-possible']);
      expect(refused.json().error.message).toContain('class code');
    }
    expect(await enter()).toBe(200);
    expect((await change(id, { disabled: true })).statusCode).toBe(200);
    expect(await enter()).toBe(401);
  });
});

describe('an admin', () => {
  beforeEach(() => query(`update account set role = 'admin', disabled_at = null where username = 'admin'`));

  it('cannot disable or demote himself, or lose his session over a password', async () => {
    const replies = [
      await change(ids.admin!, { disabled: true }),
      await change(ids.admin!, { role: 'learner' }),
      await call('POST', `/api/admin/accounts/${ids.admin}/password`, 'admin'),
    ];
    for (const reply of replies) {
      expect([reply.statusCode, reply.json().error.code]).toEqual([409, 'not-possible']);
    }
    expect(await isIn('admin')).toBe(true);
  });

  it('stays when two take each other’s rights at once', async () => {
    const second = await app.signUp('second', 'admin');
    const replies = await Promise.all([
      change(second, { role: 'teacher' }, 'admin'),
      change(ids.admin!, { disabled: true }, 'second'),
    ]);
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
    const { rows } = await query(
      `select count(*)::int as n from account where role = 'admin' and disabled_at is null`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});
