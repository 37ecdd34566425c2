import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createFileReader, type FileReader } from './file-reader.ts';

const MISBEHAVING = fileURLToPath(new URL('./testing/misbehaving-reader.js', import.meta.url));
const LIMITS = { ms: 3_000, bytes: 300 * 1024 * 1024, idleMs: 30_000 };
const never = new AbortController().signal;

const open: FileReader[] = [];
const misbehaving = (limits = LIMITS) => {
  const reader = createFileReader(limits, MISBEHAVING);
  open.push(reader);
  return reader;
};
afterEach(() => {
  for (const reader of open.splice(0)) reader.close();
});

const read = (reader: FileReader, path: string, signal = never) =>
  reader.read({ location: '/nowhere', path }, signal);
const pidOf = async (reader: FileReader) => Number((await read(reader, 'process')).leftOut[0]!.place);
const isAlive = (pid: number) =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    stat => !/\) [ZX] /.test(stat),
    () => false,
  );
const isGone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);

describe('a parser that', () => {
  const cases: [string, string, RegExp][] = [
    ['never comes back', 'loop', /longer than 3 s; divide/],
    ['takes ever more memory', 'hog', /too much memory; divide/],
    ['ends the process', 'exit', /ended the reading process; save/],
    ['aborts the process, as V8 does when its heap is full', 'abort', /too much memory; divide/],
    ['throws where nobody catches', 'throws', /ended the reading process; save/],
    ['returns nothing', 'nothing', /makes no sense; save/],
    ['returns a text', 'text', /makes no sense; save/],
    ['returns half of what it should', 'half content', /makes no sense; save/],
    ['gives a number as its reason', 'no text as reason', /makes no sense; save/],
  ];
  it.each(cases)('%s ends in a reason, and the next file is read', async (_what, path, reason) => {
    const reader = misbehaving();
    const started = performance.now();
    await expect(read(reader, path)).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: expect.stringMatching(reason),
    });
    expect(performance.now() - started).toBeLessThan(LIMITS.ms + 2_000);
    expect(await read(reader, 'good')).toEqual({ resources: [], leftOut: [] });
  });

  it('fills its heap is stopped by the memory that one process may have', async () => {
    await expect(read(misbehaving({ ...LIMITS, ms: 20_000, bytes: 2 ** 40 }), 'heap')).rejects.toThrow(
      'too much memory',
    );
  });
});

describe('the reading process', () => {
  it('is ended at once when the worker closes', async () => {
    const reader = misbehaving();
    const pid = await pidOf(reader);
    const stop = new AbortController();
    const reading = read(reader, 'loop', stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(reading).rejects.toMatchObject({ code: 'stopped' });
    await isGone(pid);
    await expect(read(reader, 'good', stop.signal)).rejects.toMatchObject({ code: 'stopped' });
  });

  it('is another one for each worker', async () => {
    const [one, other] = [misbehaving(), misbehaving()];
    expect(await pidOf(one)).not.toBe(await pidOf(other));
    const looping = expect(read(one, 'loop')).rejects.toThrow('longer than');
    expect(await read(other, 'good')).toEqual({ resources: [], leftOut: [] });
    await looping;
  });

  it('is kept for the next file, and let go when none comes', async () => {
    const reader = misbehaving({ ...LIMITS, idleMs: 500 });
    const pid = await pidOf(reader);
    expect(await pidOf(reader)).toBe(pid);
    await isGone(pid);
    expect(await pidOf(reader)).not.toBe(pid);
  });

  it('that died between two files is not held against the second', async () => {
    const reader = misbehaving();
    const pid = await pidOf(reader);
    process.kill(pid, 'SIGKILL');
    await isGone(pid);
    await pause(50);
    expect(await read(reader, 'good')).toEqual({ resources: [], leftOut: [] });
  });

  it('that holds much memory after a file is not kept for the next', async () => {
    const reader = misbehaving({ ...LIMITS, bytes: 400 * 1024 * 1024 });
    await isGone(Number((await read(reader, 'keeps much')).leftOut[0]!.place));
    expect(await read(reader, 'good')).toEqual({ resources: [], leftOut: [] });
  });
});

it('says what is wrong with a file, and with a store that has lost it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reader-'));
  const reader = createFileReader();
  open.push(reader);
  await writeFile(join(folder, 'a'), '# Light\n\nLeaves take up red light.');
  await writeFile(join(folder, 'b'), '%PDF-1.7 and no more');
  const ask = (name: string, path: string) => reader.read({ location: join(folder, name), path }, never);
  expect((await ask('a', 'light.md')).resources[0]!.input.title).toBe('Light');
  await expect(ask('b', 'b.pdf')).rejects.toThrow('damaged or no PDF');
  await expect(ask('c', 'c.md')).rejects.toThrow('not where it was; bring it again');
  await rm(folder, { recursive: true });
});

it('leaves no process behind that reads for ever when its own is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reader-'));
  const sign = join(folder, 'it loops');
  const code = `
    import { createFileReader } from ${JSON.stringify(new URL('./file-reader.ts', import.meta.url).href)};
    const limits = { ms: 60_000, bytes: 1e12, idleMs: 60_000 };
    createFileReader(limits, ${JSON.stringify(MISBEHAVING)})
      .read({ location: ${JSON.stringify(sign)}, path: 'sign, then loop' }, new AbortController().signal);
    setInterval(() => undefined, 1_000);`;
  const worker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: 'ignore',
  });
  const children = () =>
    readFile(`/proc/${worker.pid}/task/${worker.pid}/children`, 'utf8').then(
      list => list.trim().split(' ').filter(Boolean).map(Number),
      () => [],
    );
  await expect.poll(() => existsSync(sign), { timeout: 20_000 }).toBe(true);
  const reading = await children();
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  expect(reading).toHaveLength(1);
  await isGone(reading[0]!);
  await rm(folder, { recursive: true });
});
