import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findHolder, takeLock } from './lock.ts';

let dataDir: string;
let other: ReturnType<typeof spawn>;
beforeEach(async () => {
  dataDir = await mkdtemp(`${tmpdir()}/zhujiao-lock-`);
  other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
});
afterEach(() => other.kill('SIGKILL'));

const writeLock = (pid: number | undefined) =>
  writeFile(`${dataDir}/zhujiao.lock`, JSON.stringify({ pid, startedAt: 'then' }));

it('refuses a directory that a live process holds, and leaves its lock', async () => {
  await writeLock(other.pid);
  await expect(takeLock(dataDir)).rejects.toThrow(`in use by process ${other.pid}`);
  expect(JSON.parse(await readFile(`${dataDir}/zhujiao.lock`, 'utf8')).pid).toBe(other.pid);
});

it('takes over from a dead process, whatever it left in the file', async () => {
  other.kill('SIGKILL');
  await new Promise(resolve => other.once('exit', resolve));
  for (const content of [JSON.stringify({ pid: other.pid, startedAt: 'then' }), '', '{"pid"']) {
    await writeFile(`${dataDir}/zhujiao.lock`, content);
    const lock = await takeLock(dataDir);
    expect(JSON.parse(await readFile(`${dataDir}/zhujiao.lock`, 'utf8')).pid).toBe(process.pid);
    await lock.release();
    expect(await readdir(dataDir)).toEqual([]);
  }
});

it('tells others where it serves only after it said so', async () => {
  await writeLock(other.pid);
  expect(await findHolder(dataDir)).toEqual({ pid: other.pid, startedAt: 'then' });
  await writeLock(process.pid);
  expect(await findHolder(dataDir)).toBeUndefined();
});
