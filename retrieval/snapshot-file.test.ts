import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { beforeEach, expect, it } from 'vitest';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

let path: string;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/zhujiao-snapshot-`);
  path = `${folder}/index`;
});

const value = {
  name: '索引',
  parts: [
    { bytes: Int8Array.of(-1, 2, 3), none: null },
    {
      doubles: Float64Array.of(0.1, 2 ** 52),
      units: Uint16Array.of(1, 65_535),
      floats: new Float32Array(5000).fill(0.5),
    },
  ],
};

it('gives back what was written, arrays of every width at their places', async () => {
  await writeSnapshot(path, value);
  expect(await readSnapshot(path)).toEqual(value);
  expect(await readdir(folder)).toEqual(['index']);
});

it('gives nothing for a file that is missing, cut short or something else', async () => {
  expect(await readSnapshot(path)).toBeUndefined();
  await writeSnapshot(path, value);
  const whole = await readFile(path);
  for (const length of [0, 10, 40, 300, whole.length - 9]) {
    await writeFile(path, whole.subarray(0, length));
    expect(await readSnapshot(path), `${length} bytes`).toBeUndefined();
  }
  await writeFile(path, 'zhujiao-snapshot-0\n{}\n{}\n');
  expect(await readSnapshot(path)).toBeUndefined();
});
