import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Product } from '../cli/product.ts';
import { acceptWhole, itemOfFile } from '../library/ingestion-runs.ts';
import { expectInvariants } from '../test/invariants.ts';
import { startApp } from './testing/running-app.ts';

const running = startApp();
const { call, signUp } = running;
const accounts: Record<string, string> = {};
let product: Product;

beforeAll(async () => {
  product = running.product;
  for (const [username, role] of [
    ['wang', 'teacher'],
    ['li', 'teacher'],
    ['pupil', 'learner'],
    ['admin', 'admin'],
  ] as const) {
    accounts[username] = await signUp(username, role);
  }
});
afterAll(() => expectInvariants(product.deps.database.db, { atRest: false }));

const get = (url: string, who: string) => call('GET', url, who);
const post = (url: string, payload: object, who: string) => call('POST', url, who, payload);

/** Sends files as a browser does. */
async function send(
  who: string,
  files: Record<string, string | Buffer>,
  fields: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, content] of Object.entries(files))
    form.append('files', new Blob([content as string]), name);
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  return call('POST', '/api/uploads', who, body, {
    'content-type': request.headers.get('content-type')!,
  });
}

/** The upload once all of it has a final state. */
async function settled(who: string, reply: { json(): { runId: string } }) {
  const url = `/api/uploads/${reply.json().runId}`;
  await expect.poll(async () => (await get(url, who)).json().state, { timeout: 20_000 }).toBe('done');
  return (await get(url, who)).json();
}

async function titles(who: string, query: string): Promise<string[]> {
  const reply = await post('/api/search', { query }, who);
  return reply.json().results.map((result: { title: string }) => result.title);
}

const LESSON = '# 潮汐发电\n\n潮汐发电利用海水涨落时的水位差推动水轮机发电。';

it('what a teacher uploads for themself is theirs to find at once, and nobody else’s', async () => {
  const sent = await send('wang', { '潮汐发电.md': LESSON });
  expect(sent.statusCode).toBe(202);
  expect((await settled('wang', sent)).items).toMatchObject([
    { place: '潮汐发电.md', state: 'added', resourceId: `uploads/${accounts.wang}/潮汐发电.md` },
  ]);
  await expect.poll(() => titles('wang', '潮汐发电'), { timeout: 5_000 }).toContain('潮汐发电');
  expect(await titles('li', '潮汐发电')).not.toContain('潮汐发电');
  expect((await get(`/api/uploads/${sent.json().runId}`, 'li')).statusCode).toBe(404);
});

it('the original can be opened by whoever may see the resource, and acts for nobody', async () => {
  const page = '<h1>Springs</h1><p>Water comes out of rock.<script>alert(1)</script>';
  const { items } = await settled(
    'wang',
    await send('wang', { 'springs.html': page, 'wells.txt': 'A well is dug.' }),
  );
  expect(items.map((item: { state: string }) => item.state)).toEqual(['added', 'added']);
  const url = (name: string) => `/api/resources/${encodeURIComponent(`uploads/${accounts.wang}/${name}`)}`;
  expect((await get(url('springs.html'), 'wang')).json().file).toEqual({
    bytes: page.length,
    mediaType: 'text/html; charset=utf-8',
  });
  const original = await get(`${url('springs.html')}/file`, 'wang');
  expect(original.body).toBe(page);
  expect(original.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''springs.html`);
  expect(original.headers['content-security-policy']).toContain('sandbox');
  expect((await get(`${url('wells.txt')}/file`, 'wang')).headers['content-disposition']).toContain('inline');
  expect((await get(`${url('springs.html')}/file`, 'li')).statusCode).toBe(404);
});

it('a file that cannot be read has its reason, and the others go in', async () => {
  const sent = await send('wang', {
    'good.txt': 'Tidal barrages hold back the water of the high tide.',
    'film.mp4': 'x',
    'empty.md': '',
    '../../evil.md': '# Escaped\n\nA name is no path.',
    'rows.jsonl': [
      JSON.stringify({ id: 'row-1', title: 'Row one', text: 'Turbines turn.' }),
      '{"id":',
      JSON.stringify({ id: 'row-2', title: 'Row two', text: 'Generators generate.' }),
    ].join('\n'),
  });
  const { items, ...progress } = await settled('wang', sent);
  expect(progress).toMatchObject({ added: 4, failed: 2, leftOut: 1, waiting: 0 });
  const of = Object.fromEntries(
    items.map((item: { place: string }) => [item.place, item] as const),
  ) as Record<string, { state: string; reason: string; resourceId: string }>;
  expect(of['film.mp4']).toMatchObject({ state: 'failed', reason: expect.stringContaining('.pdf') });
  expect(of['empty.md']).toMatchObject({ state: 'failed', reason: 'the file is empty' });
  expect(of['evil.md']).toMatchObject({ state: 'added', resourceId: `uploads/${accounts.wang}/evil.md` });
  expect(of['rows.jsonl']).toMatchObject({ state: 'unpacked' });
  expect(of['rows.jsonl#line 2']).toMatchObject({
    state: 'left-out',
    reason: expect.stringContaining('JSON'),
  });
  expect(of['rows.jsonl#row-2']).toMatchObject({ state: 'added' });
});

it('nobody changes a resource of somebody else by using its id', async () => {
  const row = (title: string) => JSON.stringify({ id: 'shared-id', title, text: 'Mine.' });
  await settled('wang', await send('wang', { 'mine.jsonl': row('Of Wang') }));
  const { items } = await settled('li', await send('li', { 'mine.jsonl': row('Of Li') }));
  expect(items.at(-1)).toMatchObject({ state: 'failed', reason: expect.stringContaining('new id') });
});

it('what is meant for others waits for an admin, and the live version answers meanwhile', async () => {
  const upload = async (text: string) =>
    settled('li', await send('li', { 'geyser.md': `# Geysers\n\n${text}` }, { visibility: 'public' }));
  expect((await upload('A geyser throws hot water.')).items).toMatchObject([{ state: 'added' }]);
  const id = `uploads/${accounts.li}/geyser.md`;
  expect(await titles('pupil', 'geyser')).toEqual([]);
  const record = `/api/admin/resources/${encodeURIComponent(id)}`;
  expect((await post(`${record}/publish`, {}, 'admin')).statusCode).toBe(200);
  await expect.poll(() => titles('pupil', 'geyser'), { timeout: 5_000 }).toEqual(['Geysers']);

  expect((await upload('A geyser throws cold coffee.')).items).toMatchObject([{ state: 'proposed' }]);
  const shown = async () => (await get(`/api/resources/${encodeURIComponent(id)}`, 'pupil')).json();
  expect((await shown()).passages[0].text).toContain('hot water');
  expect((await get('/api/admin/overview', 'admin')).json().inReview).toBe(1);
  expect((await get(record, 'admin')).json().proposal.sections[0].text).toContain('coffee');
  expect((await post(`${record}/proposal`, { accept: true }, 'li')).statusCode).toBe(403);
  expect((await post(`${record}/proposal`, { accept: false }, 'admin')).statusCode).toBe(400);
  expect((await post(`${record}/proposal`, { accept: true }, 'admin')).statusCode).toBe(200);
  await expect.poll(async () => (await shown()).passages[0].text, { timeout: 10_000 }).toContain('coffee');
  expect((await upload('A geyser throws cold coffee.')).unchanged).toBe(1);
  expect((await post(`${record}/proposal`, { accept: true }, 'admin')).statusCode).toBe(404);

  await upload('A geyser throws tea.');
  const refusal = { accept: false, reason: 'It is water.' };
  expect((await post(`${record}/proposal`, refusal, 'admin')).statusCode).toBe(200);
  expect((await shown()).passages[0].text).toContain('coffee');
  await post(`${record}/withdraw`, { reason: 'wrong' }, 'admin');
  const { notices } = (await get('/api/notices', 'li')).json();
  expect(notices.map((notice: { kind: string; reason: string }) => [notice.kind, notice.reason])).toEqual([
    ['withdraw', 'wrong'],
    ['reject-proposal', 'It is water.'],
    ['accept-proposal', null],
    ['publish', null],
  ]);
  await post('/api/notices/read', { lastId: notices[1].id }, 'li');
  const unread = (await get('/api/notices', 'li'))
    .json()
    .notices.filter((notice: { read: boolean }) => !notice.read);
  expect(unread).toHaveLength(1);
  expect((await get('/api/notices', 'wang')).json().notices).toEqual([]);
});

it('shows an admin what the library has already that says nearly the same', async () => {
  const text =
    '# Estuaries\n\nAn estuary is where a river meets the sea, and fresh water mixes with salt water. Tides move the mud.';
  const other = '# Deltas\n\nA delta grows where a river drops its mud.';
  await settled('li', await send('li', { 'estuary.md': text }));
  await settled('admin', await send('admin', { 'copy.md': `${text} Birds feed there.`, 'other.md': other }));
  const { db } = product.deps.database;
  const id = (who: string, name: string) => `uploads/${accounts[who]}/${name}`;
  const near = async () =>
    (
      await get(`/api/admin/resources/${encodeURIComponent(id('admin', 'copy.md'))}/near-duplicates`, 'admin')
    ).json().nearDuplicates;
  await expect.poll(() => titles('admin', 'delta mud'), { timeout: 5_000 }).toContain('Deltas');
  // Li's is Li's alone until it is everybody's.
  expect(await near()).toEqual([]);
  await db.query(`update resource set visibility = 'public' where id = $1`, [id('li', 'estuary.md')]);
  expect(await near()).toMatchObject([{ resourceId: id('li', 'estuary.md'), title: 'Estuaries' }]);
  expect((await near())[0].resemblance).toBeGreaterThan(0.7);
});

it('what was for oneself can be shown to others by uploading it for them', async () => {
  const file = { 'moraine.md': '# Moraines\n\nA moraine is what a glacier leaves.' };
  await settled('wang', await send('wang', file));
  await expect.poll(() => titles('wang', 'moraine'), { timeout: 5_000 }).toEqual(['Moraines']);
  expect((await settled('wang', await send('wang', file))).unchanged).toBe(1);
  expect((await settled('wang', await send('wang', file, { visibility: 'public' }))).items).toMatchObject([
    { state: 'proposed' },
  ]);
  // Its owner goes on with it meanwhile.
  expect([await titles('wang', 'moraine'), await titles('pupil', 'moraine')]).toEqual([['Moraines'], []]);
  const record = `/api/admin/resources/${encodeURIComponent(`uploads/${accounts.wang}/moraine.md`)}`;
  expect((await get(record, 'admin')).json().proposal.visibility).toBe('public');
  await post(`${record}/proposal`, { accept: true }, 'admin');
  await expect.poll(() => titles('pupil', 'moraine'), { timeout: 5_000 }).toEqual(['Moraines']);
  expect((await settled('wang', await send('wang', file, { visibility: 'public' }))).unchanged).toBe(1);
});

it('whoever brought a resource can take it out again, and nobody else', async () => {
  await settled(
    'wang',
    await send('wang', { 'loess.md': '# Loess\n\nLoess is dust that the wind laid down.' }),
  );
  await expect.poll(() => titles('wang', 'loess'), { timeout: 5_000 }).toEqual(['Loess']);
  const body = { resourceId: `uploads/${accounts.wang}/loess.md`, reason: 'A better one is coming.' };
  expect((await post('/api/uploads/withdraw', body, 'li')).statusCode).toBe(404);
  expect((await post('/api/uploads/withdraw', { ...body, reason: ' ' }, 'wang')).statusCode).toBe(400);
  expect((await post('/api/uploads/withdraw', body, 'wang')).statusCode).toBe(200);
  expect(await titles('wang', 'loess')).toEqual([]);
  expect((await post('/api/uploads/withdraw', body, 'wang')).statusCode).toBe(409);
});

it('is for teachers, and says what is missing', async () => {
  expect((await send('pupil', { 'a.md': LESSON })).statusCode).toBe(403);
  expect((await post('/api/uploads', {}, 'wang')).statusCode).toBe(400);
  expect((await send('wang', {})).json().error.message).toContain('Choose at least one');
  const wrong = await send('wang', { 'a.md': LESSON }, { visibility: 'class' });
  expect(wrong.statusCode).toBe(400);
  const foreign = await send('wang', { 'a.md': LESSON }, { visibility: 'class', classId: '999' });
  expect(foreign.json().error.message).toContain('no such class');
});

it('failures can be tried again, and a run that has ended cannot be ended', async () => {
  const { database, files } = product.deps;
  // The file is gone from the disk before it is read: a fault that somebody can mend.
  const { hash } = await files.put([Buffer.from(LESSON)], 1_000);
  await rm(files.pathOf(hash));
  const { runId, rings } = await database.transaction(db =>
    acceptWhole(db, { label: 'lost.md' }, [
      itemOfFile({ place: 'lost.md', id: 'lost.md' }, { hash, bytes: 1, mediaType: 'text/markdown' }),
    ]),
  );
  await product.deps.queue.ring(rings);
  const run = async () => (await get(`/api/admin/ingestion-runs/${runId}`, 'admin')).json();
  await expect.poll(async () => (await run()).state, { timeout: 10_000 }).toBe('done');
  const [failure] = (await run()).failures;
  expect(failure).toMatchObject({ place: 'lost.md', reason: expect.stringContaining('not where it was') });

  await files.put([Buffer.from(LESSON)], 1_000);
  const retry = (payload: object, who = 'admin') =>
    post(`/api/admin/ingestion-runs/${runId}/retry`, payload, who);
  const { batchId, ordinal } = failure;
  expect((await retry({}, 'wang')).statusCode).toBe(403);
  expect((await retry({ item: { batchId, ordinal: ordinal + 1 } })).json()).toEqual({ retried: 0 });
  expect((await retry({ item: { batchId, ordinal } })).json()).toEqual({ retried: 1 });
  await expect.poll(async () => (await run()).added, { timeout: 10_000 }).toBe(1);
  const cancel = await post(`/api/admin/ingestion-runs/${runId}/cancel`, {}, 'admin');
  expect([cancel.statusCode, (await retry({})).json()]).toEqual([409, { retried: 0 }]);
});
