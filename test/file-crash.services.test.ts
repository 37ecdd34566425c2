import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openDatabase } from '../library/db.ts';
import { createServerDatabase, dropServerDatabase } from '../library/testing/server-database.ts';
import { ensureTemplate } from '../library/testing/test-database.ts';
import { freshRedisUrl } from '../library/testing/test-queue.ts';
import { CRASH_POINTS } from './crash-points.ts';
import { createLibrary } from './embedded-crash.ts';
import { crashAt, expectAllIn, freezeAt, runToTheEnd, type Stage } from './file-crash-story.ts';
import type { LibraryDigest } from './library-digest.ts';

/** Some processes start for each point, and other tests run beside. */
const PATIENCE_MS = 120_000;
const SERVER = process.env.TEST_DATABASE_URL!;
const SEED = 1;

let folder: string;
let said: LibraryDigest;
const stages: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/zhujiao-file-crash-`);
  await createLibrary(`${folder}/empty`);
  const calm = await embedded('calm');
  await runToTheEnd(SEED, calm);
  said = await expectAllIn(calm, undefined);
}, PATIENCE_MS);
afterAll(async () => {
  for (const stage of stages) await stage.close();
  await rm(folder, { recursive: true, force: true });
});

async function embedded(name: string): Promise<Stage> {
  const dataDir = `${folder}/${name}`;
  await cp(`${folder}/empty`, dataDir, { recursive: true });
  return stageOf({ dataDir });
}

async function onServices(name: string): Promise<Stage> {
  const databaseUrl = await createServerDatabase(SERVER, await ensureTemplate());
  stages.push({ close: () => dropServerDatabase(SERVER, databaseUrl) });
  return stageOf({ dataDir: `${folder}/${name}`, databaseUrl, redisUrl: (await freshRedisUrl())! });
}

function stageOf(place: Stage['place']): Stage {
  return {
    place,
    async look(work) {
      const database = await openDatabase({ dataDir: place.dataDir, databaseUrl: place.databaseUrl });
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    },
  };
}

describe.each([
  ['embedded', embedded],
  ['on services', onServices],
])('%s, files go in once and whole, killed', (where, open) => {
  it.each(CRASH_POINTS)(
    'at "%s"',
    async point => crashAt(point, SEED, await open(`${where} ${point}`), said),
    PATIENCE_MS,
  );
});

describe('a worker that stood still for longer than its lease commits nothing twice', () => {
  it.each([
    'in the middle of reading',
    'read, not stored',
    'parts accepted, not rung',
    'between groups',
  ] as const)(
    'at "%s"',
    async point => freezeAt(point, await onServices(`frozen ${point}`), said),
    PATIENCE_MS,
  );
});
