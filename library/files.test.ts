import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileStore } from './files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is kept once under the hash of its bytes, whoever brings it', async () => {
  const store = createFileStore(folder);
  const bytes = Buffer.from('光合作用');
  const kept = await Promise.all([store.put([bytes], 100), store.put(Readable.from([bytes]), 100)]);
  expect(kept[0]).toEqual(kept[1]);
  expect(kept[0]).toMatchObject({ bytes: 12, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(await readFile(store.pathOf(kept[0]!.hash), 'utf8')).toBe('光合作用');
  expect(await readdir(folder)).toEqual([kept[0]!.hash.slice(0, 2)]);
  const part = await store.open(kept[0]!.hash, { start: 3, end: 5 });
  expect(Buffer.concat(await part.toArray()).toString()).toBe('合');
});

test('what is too large, empty or breaks off leaves nothing behind', async () => {
  const store = createFileStore(folder);
  await expect(store.put([Buffer.alloc(2 * 1024 * 1024)], 1024 * 1024)).rejects.toThrow('larger than 1 MB');
  await expect(store.put([], 100)).rejects.toThrow('the file is empty');
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the line went dead');
    })(),
  );
  await expect(store.put(broken, 100)).rejects.toThrow('the line went dead');
  expect(await readdir(folder)).toEqual([]);
});

test('a file that is gone is named as such', async () => {
  await expect(createFileStore(folder).open('ab'.repeat(32))).rejects.toThrow('Upload it again');
});
