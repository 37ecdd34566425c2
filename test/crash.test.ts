import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLibrary, ingest, inspect, killIngest, tableBytes } from './embedded-crash.ts';
import { writeLibrary } from './generated-library.ts';
import type { LibraryDigest } from './library-digest.ts';

const RESOURCES = 400;

/** Half a dozen processes start one after the other; each may take seconds beside other tests. */
const PATIENCE_MS = 180_000;

let folder: string;
let library: string;
let said: LibraryDigest;
let growth: number;
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/zhujiao-crash-`);
  library = `${folder}/library`;
  await writeLibrary(library, RESOURCES);
  await createLibrary(`${folder}/calm`);
  await cp(`${folder}/calm`, `${folder}/killed`, { recursive: true });
  const before = await tableBytes(`${folder}/calm`);
  await ingest(library, `${folder}/calm`);
  growth = (await tableBytes(`${folder}/calm`)) - before;
  said = await inspect(`${folder}/calm`, { atRest: true });
}, PATIENCE_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('ingests the whole library when nothing happens', () => {
  expect(said.resources).toBe(RESOURCES);
  expect(said.passages).toBeGreaterThan(RESOURCES);
});

it(
  'holds only whole resources after a kill, and in the end what it holds without one',
  async () => {
    const dataDir = `${folder}/killed`;
    const limit = (await tableBytes(dataDir)) + growth / 2;
    expect(await killIngest(library, dataDir, async () => (await tableBytes(dataDir)) > limit)).toBe(true);
    const { resources } = await inspect(dataDir, { atRest: false });
    expect(resources).toBeGreaterThan(0);
    expect(resources).toBeLessThan(RESOURCES);

    expect(await ingest(library, dataDir)).toMatchObject({ state: 'done', failed: 0 });
    // What the killed process held itself is ingested by this run; its own batch ends when its job's lock has run out.
    expect(await inspect(dataDir, { atRest: true })).toEqual(said);
    const nothing = { state: 'done', added: 0, updated: 0, failed: 0, unchanged: RESOURCES };
    expect(await ingest(library, dataDir)).toMatchObject(nothing);
  },
  PATIENCE_MS,
);
