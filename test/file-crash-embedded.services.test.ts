import { afterAll, beforeAll, describe, it } from 'vitest';
import { CRASH_POINTS } from './crash-points.ts';
import { openStages, type Stages } from './file-crash-stages.ts';
import { crashAt } from './file-crash-story.ts';
import type { LibraryDigest } from './library-digest.ts';

/** Some processes start for each point, and other tests run beside. In the lane of services for the time that it takes. */
const PATIENCE_MS = 120_000;
const SEED = 1;

let stages: Stages;
let said: LibraryDigest;
beforeAll(async () => {
  stages = await openStages();
  said = await stages.calm(SEED);
}, PATIENCE_MS);
afterAll(() => stages.close());

describe('embedded, files go in once and whole, killed', () => {
  it.each(CRASH_POINTS)(
    'at "%s"',
    async point => crashAt(point, SEED, await stages.embedded(), said),
    PATIENCE_MS,
  );
});
