import { createServerDatabase, dropServerDatabase } from '../library/testing/server-database.ts';
import { freshRedisUrl } from '../library/testing/test-queue.ts';
import { tellReembedding } from './reembedding-story.ts';

const SERVER = process.env.TEST_DATABASE_URL!;

/** On Postgres and Redis: commands are processes beside the server, which has to notice by itself. */
tellReembedding(
  async () => ({
    DATABASE_URL: await createServerDatabase(SERVER),
    REDIS_URL: (await freshRedisUrl())!,
  }),
  env => dropServerDatabase(SERVER, env.DATABASE_URL!),
);
