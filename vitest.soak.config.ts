import { defineConfig } from 'vitest/config';

/** The lane of `npm run test:soak`: crash matrices, one file at a time, on real services. */
export default defineConfig({
  test: {
    include: ['**/*.soak.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 30 * 60_000,
    hookTimeout: 5 * 60_000,
    pool: 'forks',
    fileParallelism: false,
    globalSetup: ['test/services/lane.ts'],
  },
});
