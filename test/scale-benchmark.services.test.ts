import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { ServerFigures } from '../eval/scale/benchmark-server.ts';

const BENCHMARK = fileURLToPath(new URL('../eval/scale/benchmark-server.ts', import.meta.url));
const run = promisify(execFile);

it('the benchmark of a server runs from end to end on a small library, and what it finds is complete', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zhujiao-scale-test-'));
  try {
    const out = join(folder, 'figures.json');
    const size = ['--resources', '600', '--dimensions', '64', '--queries', '100', '--truths', '20'];
    const options = ['--import', 'tsx', BENCHMARK, process.env.TEST_DATABASE_URL!, ...size];
    const { stdout } = await run(process.execPath, [...options, '--memory', '64MB', '--out', out]);
    expect(stdout).toContain('| next start, from the snapshot |');
    const figures: ServerFigures = JSON.parse(await readFile(out, 'utf8'));
    expect(figures.load.resources).toBe(600);
    expect(figures.nextStart.statistics).toMatchObject({ resources: 600, passages: figures.load.passages });
    expect(figures.writing.resourcesPerMinute).toBeGreaterThan(0);
    for (const leg of [...figures.legs, ...figures.writing.legsAfter]) {
      expect(leg.incomplete, leg.filter).toBe(0);
      expect(leg.recall10, leg.filter).toBeGreaterThanOrEqual(0.95);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}, 240_000);
