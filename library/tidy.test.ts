import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from './db.ts';
import { createFileStore, type FileStore, recordFiles } from './files.ts';
import { freshDatabase } from './testing/test-database.ts';
import { tidyFiles } from './tidy.ts';

const HOUR = 60 * 60 * 1000;
const DRAFT = '.0f8fad5b-d9cb-469f-a165-70867728950e';
const never = new AbortController().signal;

let database: Database;
let folder: string;
let store: FileStore;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidy-'));
  store = createFileStore(folder);
  return () => rm(folder, { recursive: true });
});

const age = async (path: string, hours: number) => {
  const then = new Date(Date.now() - hours * HOUR);
  await utimes(path, then, then);
};
const keep = async (text: string, hours: number) => {
  const kept = await store.put([Buffer.from(text)], 1_000);
  await age(store.pathOf(kept.hash), hours);
  return kept;
};

it('removes what no row names and drafts, once they are older than a day, and nothing else', async () => {
  const named = await keep('named', 1_000);
  await recordFiles(database.db, [{ ...named, mediaType: 'text/plain' }]);
  const abandoned = await keep('abandoned', 25);
  const underWay = await keep('under way', 23);
  await writeFile(join(folder, DRAFT), 'ha');
  await age(join(folder, DRAFT), 25);
  await writeFile(join(folder, DRAFT.replace('0f', '1f')), 'ha');
  await writeFile(join(folder, 'notes.txt'), 'put here by hand');
  await age(join(folder, 'notes.txt'), 1_000);

  expect(await tidyFiles(database, store, never)).toBe(2);
  expect(existsSync(store.pathOf(abandoned.hash))).toBe(false);
  for (const { hash } of [named, underWay]) expect(existsSync(store.pathOf(hash))).toBe(true);
  expect((await readdir(folder)).filter(name => name.length !== 2)).toEqual([
    DRAFT.replace('0f', '1f'),
    'notes.txt',
  ]);
  expect(await tidyFiles(database, store, never)).toBe(0);
});

it('has nothing to do in a store that was never used', async () => {
  expect(await tidyFiles(database, createFileStore(join(folder, 'none')), never)).toBe(0);
});

it('keeps an abandoned file whose bytes come again while it is being removed', async () => {
  const { hash } = await keep('again', 48);
  const old = { path: store.pathOf(hash), hash };
  await keep('again', 0);
  expect(await store.removeOlder(old, new Date(Date.now() - 24 * HOUR))).toBe(false);
  expect(existsSync(store.pathOf(hash))).toBe(true);
  expect((await readdir(folder)).filter(name => name.startsWith('.'))).toEqual([]);
});

it('loses no upload of the same bytes, whenever it comes', async () => {
  for (let round = 0; round < 20; round++) {
    const text = `round ${round}`;
    await keep(text, 48);
    const upload = async () => {
      const kept = await store.put([Buffer.from(text)], 1_000);
      await database.transaction(db => recordFiles(db, [{ ...kept, mediaType: 'text/plain' }]));
      return kept;
    };
    const [kept] = await Promise.all([upload(), tidyFiles(database, store, never)]);
    expect(existsSync(store.pathOf(kept.hash))).toBe(true);
  }
});
