import { ensureTemplate } from '../library/testing/test-database.ts';

/** Runs once before all tests, so that test files do not build the template side by side. */
export async function setup(): Promise<void> {
  await ensureTemplate();
}
