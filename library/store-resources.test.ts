import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './db.ts';
import { contentHash, resourceInput } from './resources.ts';
import { liveSpace } from './spaces.ts';
import { type ResourceToStore, storeResources } from './store-resources.ts';
import { freshDatabase } from './testing/test-database.ts';

let database: Database;
let spaceId: number;
beforeAll(async () => {
  database = await freshDatabase();
  spaceId = (await liveSpace(database.db, { model: 'm', dimensions: 2, preprocessing: '1' })).id;
});
afterAll(() => database.close());
beforeEach(() => database.db.query('delete from resource'));

function resource(id: string, texts: string[], fields: object = {}): ResourceToStore {
  const input = resourceInput.parse({
    id,
    title: `About ${id}`,
    text: texts.join('\n'),
    language: 'en',
    ...fields,
  });
  return {
    input: { ...input, language: 'en', source: 'test' },
    contentHash: contentHash([id, texts, fields]),
    passages: texts.map((text, i) => ({
      heading: i % 2 ? ['A', `“${i}”, \\{}`] : [],
      text,
      vector: new Float32Array([i, 0.5]),
      ...(i === 0 ? { locator: { kind: 'page' as const, page: 3 } } : {}),
    })),
  };
}

const store = (...resources: ResourceToStore[]) =>
  database.transaction(db => storeResources(db, resources, spaceId));

const passagesOf = async (id: string) =>
  (
    await database.db.query(
      `select p.text, p.heading, p.locator, e.vector::text as vector, v.id = r.live_version as live
       from resource r join resource_version v on v.resource_id = r.id join passage p on p.version_id = v.id
       left join embedding e on e.passage_id = p.id where r.id = $1 order by v.id, p.ordinal`,
      [id],
    )
  ).rows;

describe('storeResources', () => {
  it('stores every field, passage and vector', async () => {
    const fields = {
      stage: 'high',
      grade: 10,
      duration: 'PT45M',
      teaches: ['x, "y"', '{z}'],
      valid_from: '2025-09-01',
      unit: { n: [1, null] },
      audience: 'teacher',
      url: 'https://example.org/?a=b',
    };
    expect(await store(resource('a', ['one', 'two'], fields), resource('b', ['three']))).toEqual([
      'added',
      'added',
    ]);
    const { rows } = await database.db.query(
      `select r.status, r.source, r.visibility, v.title, v.stage, v.grade, v.minutes, v.teaches, v.valid_from::text as "validFrom",
         v.metadata, v.audience, v.url, v.passage_count as count, v.content_hash as hash
       from resource r join resource_version v on v.id = r.live_version where r.id = 'a'`,
    );
    expect(rows[0]).toEqual({
      status: 'live',
      source: 'test',
      visibility: 'public',
      title: 'About a',
      stage: 'senior',
      grade: '10',
      minutes: 45,
      teaches: ['x, "y"', '{z}'],
      validFrom: '2025-09-01',
      metadata: { unit: { n: [1, null] } },
      audience: 'teacher',
      url: 'https://example.org/?a=b',
      count: 2,
      hash: contentHash(['a', ['one', 'two'], fields]),
    });
    expect(await passagesOf('a')).toEqual([
      { text: 'one', heading: [], locator: { kind: 'page', page: 3 }, vector: '[0,0.5]', live: true },
      { text: 'two', heading: ['A', '“1”, \\{}'], locator: null, vector: '[1,0.5]', live: true },
    ]);
  });

  it('stores more passages than one statement takes, in order', async () => {
    const texts = Array.from({ length: 250 }, (_, i) => `passage ${i}`);
    await store(resource('long', texts), resource('short', ['x']));
    const rows = await passagesOf('long');
    expect(rows.map(({ text }) => text)).toEqual(texts);
    expect(rows.map(({ vector }) => vector)).toEqual(texts.map((_, i) => `[${i},0.5]`));
  });

  it('replaces only what changed, and keeps old passages without their vectors', async () => {
    await store(resource('a', ['old']), resource('b', ['same']));
    const before = await database.db.query<{ id: string; v: string; changed: string }>(
      'select id, live_version as v, changed_in::text as changed from resource order by id',
    );
    expect(await store(resource('a', ['new']), resource('b', ['same']))).toEqual(['updated', 'unchanged']);
    expect(await passagesOf('a')).toMatchObject([
      { text: 'old', vector: null, live: false },
      { text: 'new', vector: '[0,0.5]', live: true },
    ]);
    const after = await database.db.query(
      'select id, live_version as v, changed_in::text as changed from resource order by id',
    );
    expect(after.rows[1]).toEqual(before.rows[1]);
    expect(BigInt(after.rows[0].changed)).toBeGreaterThan(BigInt(before.rows[0]!.changed));
  });

  it('does not revive what was withdrawn', async () => {
    await store(resource('a', ['old']));
    await database.db.query(`update resource set status = 'withdrawn', withdrawn_at = now()`);
    expect(await store(resource('a', ['new']))).toEqual(['updated']);
    const { rows } = await database.db.query('select status, withdrawn_at is null as "none" from resource');
    expect(rows).toEqual([{ status: 'withdrawn', none: false }]);
  });

  it('stores nothing of a group when one of it is refused', async () => {
    const impossible = resource('b', ['x'], { valid_from: '2025-01-01' });
    impossible.input.minutes = 1e12;
    await expect(store(resource('a', ['x']), impossible)).rejects.toMatchObject({ code: '22003' });
    expect((await database.db.query('select count(*)::int as n from resource')).rows).toEqual([{ n: 0 }]);
  });
});
