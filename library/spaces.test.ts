import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from './db.ts';
import { findLiveSpace, holdLiveSpace, isSpaceChange, liveSpace } from './spaces.ts';
import { freshDatabase } from './testing/test-database.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const key = { model: 'a', dimensions: 8, preprocessing: '1' };

it('makes the first space live, once, and finds it again', async () => {
  expect(await findLiveSpace(database.db)).toBeUndefined();
  const spaces = await Promise.all([1, 2, 3].map(() => liveSpace(database.db, key)));
  expect(new Set(spaces.map(({ id }) => id)).size).toBe(1);
  expect(await findLiveSpace(database.db)).toEqual({ ...key, id: spaces[0]!.id, state: 'live' });
});

it.each([{ model: 'b' }, { dimensions: 9 }, { preprocessing: '2' }])(
  'leaves the live space alone whatever embedder comes: %j',
  async other => {
    expect(await liveSpace(database.db, { ...key, ...other })).toMatchObject(key);
    expect((await database.db.query('select count(*)::int as n from embedding_space')).rows).toEqual([
      { n: 1 },
    ]);
  },
);

it('lets nobody store vectors of a space that is not live', async () => {
  const live = (await findLiveSpace(database.db))!;
  await database.transaction(db => holdLiveSpace(db, live.id));
  const error = await database
    .transaction(db => holdLiveSpace(db, live.id + 1))
    .catch((thrown: unknown) => thrown);
  expect(isSpaceChange(error)).toBe(true);
});

it('does not revive a retired space', async () => {
  await database.db.query(`update embedding_space set state = 'retired'`);
  await expect(liveSpace(database.db, key)).rejects.toThrow('no live vectors');
});
