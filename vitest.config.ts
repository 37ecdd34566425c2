import { defineConfig } from 'vitest/config';

/** The lane of `npm test`: everything that needs no service. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      '**/*.services.test.ts',
      '**/*.slow.test.ts',
      '**/*.soak.test.ts',
      'web/dist/**',
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    globalSetup: ['test/template-database.ts'],
  },
});
