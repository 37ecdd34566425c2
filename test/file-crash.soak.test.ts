import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { CRASH_POINTS, type CrashPoint } from './crash-points.ts';
import { openStages, type Stages } from './file-crash-stages.ts';
import { crashAt, crashBesides } from './file-crash-story.ts';
import type { LibraryDigest } from './library-digest.ts';

const SEEDS = [1, 2, 3, 4, 5];
const KILL = fileURLToPath(new URL('./services/kill.sh', import.meta.url));

let stages: Stages;
const said: Record<number, LibraryDigest> = {};
beforeAll(async () => {
  stages = await openStages();
  for (const seed of SEEDS) said[seed] = await stages.calm(seed);
});
afterAll(() => stages.close());

const cases = SEEDS.flatMap(seed => CRASH_POINTS.map((point): [number, CrashPoint] => [seed, point]));

describe.each(['embedded', 'onServices'] as const)('%s, files go in once and whole, killed', where => {
  it.each(cases)('with seed %i at "%s"', async (seed, point) =>
    crashAt(point, seed, await stages[where](), said[seed]!),
  );
});

describe.each(['redis', 'postgres'])('files go in once and whole when %s is killed', service => {
  it.each(cases)('with seed %i at "%s"', async (seed, point) =>
    crashBesides(point, seed, await stages.onServices(), said[seed]!, () => execFileSync(KILL, [service])),
  );
});
