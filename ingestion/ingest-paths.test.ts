import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedItem, ListedItem } from '../library/ingestion-runs.ts';
import { ingestPaths, type RunDoor } from './ingest-paths.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingest-paths-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A door that only looks at what comes through it. */
function openDoor(look: (items: (AcceptedItem | ListedItem)[]) => void) {
  const calls: string[] = [];
  const door: RunDoor = {
    startRun: async () => {
      calls.push('start');
      return { runId: '1' };
    },
    acceptBatch: async ({ items }) => {
      look(items);
      return { accepted: items.length, unchanged: 0, failed: 0 };
    },
    finishReading: async () => void calls.push('finish'),
    failRun: async ({ reason }) => void calls.push(`fail: ${reason}`),
  };
  return { door, calls };
}

const sizeOf = (items: (AcceptedItem | ListedItem)[]) =>
  items.reduce((sum, item) => sum + ('payload' in item ? Buffer.byteLength(item.payload) : 0), 0);

describe('ingestPaths', () => {
  it('reads a manifest of 5,000 lines and 60 MB in small batches, without holding it in memory', async () => {
    const path = join(folder, 'large.jsonl');
    const file = createWriteStream(path);
    const text = '学习资源的正文。'.repeat(500);
    for (let i = 0; i < 5_000; i++) {
      if (!file.write(`${JSON.stringify({ id: `r${i}`, title: 't', text })}\n`)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'close');

    const before = process.memoryUsage().rss;
    let highest = 0;
    const sizes: number[] = [];
    const { door, calls } = openDoor(items => {
      sizes.push(sizeOf(items));
      expect(items.length).toBeLessThanOrEqual(100);
      highest = Math.max(highest, process.memoryUsage().rss - before);
    });
    expect(await ingestPaths([path], 'large', door)).toMatchObject({ accepted: 5_000, failed: 0 });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512 * 1024);
    // The file alone would be 60 MB.
    expect(highest).toBeLessThan(50e6);
    expect(calls).toEqual(['start', 'finish']);
  });

  it('starts no run for a path that is missing, and ends one as failed when the library cannot take more', async () => {
    await writeFile(join(folder, 'a.txt'), 'x');
    const { door, calls } = openDoor(() => {
      throw new Error('the disk is full');
    });
    await expect(ingestPaths([join(folder, 'no')], 'x', door)).rejects.toThrow('No such file');
    expect(calls).toEqual([]);
    await expect(ingestPaths([join(folder, 'a.txt')], 'x', door)).rejects.toThrow('the disk is full');
    expect(calls).toEqual(['start', expect.stringMatching(/^fail: reading broke off/)]);
  });

  it('sends an item larger than a batch alone', async () => {
    const lines = [10, 600_000, 10].map((n, i) =>
      JSON.stringify({ id: `${i}`, title: 't', text: 'x'.repeat(n) }),
    );
    await writeFile(join(folder, 'b.jsonl'), lines.join('\n'));
    const counts: number[] = [];
    const { door } = openDoor(items => counts.push(items.length));
    await ingestPaths([join(folder, 'b.jsonl')], 'x', door);
    expect(counts).toEqual([1, 1, 1]);
  });
});
