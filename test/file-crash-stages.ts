import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openDatabase } from '../library/db.ts';
import { createServerDatabase, dropServerDatabase } from '../library/testing/server-database.ts';
import { ensureTemplate } from '../library/testing/test-database.ts';
import { freshRedisUrl } from '../library/testing/test-queue.ts';
import { createLibrary } from './embedded-crash.ts';
import { expectAllIn, runToTheEnd, type Stage } from './file-crash-story.ts';
import type { LibraryDigest } from './library-digest.ts';

/** Empty libraries for stories of crashes, and what a library says in which nothing was killed. */
export interface Stages {
  embedded(): Promise<Stage>;
  onServices(): Promise<Stage>;
  calm(seed: number): Promise<LibraryDigest>;
  close(): Promise<void>;
}

export async function openStages(): Promise<Stages> {
  const server = process.env.TEST_DATABASE_URL!;
  const folder = await mkdtemp(`${tmpdir()}/zhujiao-file-crash-`);
  await createLibrary(`${folder}/empty`);
  const databases: string[] = [];
  let count = 0;
  const stages: Stages = {
    async embedded() {
      const dataDir = `${folder}/${++count}`;
      await cp(`${folder}/empty`, dataDir, { recursive: true });
      return stageOf({ dataDir });
    },
    async onServices() {
      const databaseUrl = await createServerDatabase(server, await ensureTemplate());
      databases.push(databaseUrl);
      return stageOf({ dataDir: `${folder}/${++count}`, databaseUrl, redisUrl: (await freshRedisUrl())! });
    },
    async calm(seed) {
      const stage = await stages.embedded();
      await runToTheEnd(seed, stage);
      return expectAllIn(stage, undefined);
    },
    async close() {
      for (const databaseUrl of databases) await dropServerDatabase(server, databaseUrl);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stages;
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
