import { defineConfig } from 'vitest/config';

/**
 * The lane of `npm run test:services`: whatever talks to a database or a queue, on a real Postgres and a real Redis.
 * The files of the normal lane run unchanged: their databases and queues come from TEST_DATABASE_URL and TEST_REDIS_URL.
 */
export default defineConfig({
  test: {
    include: [
      '**/*.services.test.ts',
      // Need no service, but too long for everybody's every run.
      '**/*.slow.test.ts',
      'library/**/*.test.ts',
      'ingestion/**/*.test.ts',
      'retrieval/**/*.db.test.ts',
      'server/**/*.test.ts',
    ],
    // Parsers know neither database nor queue.
    exclude: ['**/node_modules/**', 'ingestion/parse/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    globalSetup: ['test/services/lane.ts', 'test/template-database.ts'],
  },
});
