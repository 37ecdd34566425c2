import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from './errors.ts';

const lockFile = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  port: z.number().int().optional(),
  token: z.string().optional(),
});

/** Who holds a data directory. `port` and `token` are there once it serves HTTP, so that commands can work through it. */
export type LockHolder = z.infer<typeof lockFile>;

/** The lock on an embedded data directory: two processes on one directory would silently lose acknowledged rows. */
export interface DataLock {
  /** Says where this process serves HTTP; returns the token that lets local commands in. */
  announce(port: number): Promise<string>;
  release(): Promise<void>;
}

const pathOf = (dataDir: string) => `${dataDir}/zhujiao.lock`;

/**
 * Takes the lock of `dataDir`. It is never stolen from a live process, only taken over from a dead one.
 * @throws AppError `conflict` naming the process that holds it.
 */
export async function takeLock(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true });
  const path = pathOf(dataDir);
  const mine: LockHolder = { pid: process.pid, startedAt: new Date().toISOString() };
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    // A hard link appears with its content or not at all, and fails where a lock stands.
    while (!(await linkIfFree(draft, path))) {
      const holder = await findHolder(dataDir);
      if (holder) {
        throw new AppError(
          'conflict',
          `${dataDir} is in use by process ${holder.pid} (since ${holder.startedAt}). Stop it, or use another --data-dir. If that process is not Zhujiao, delete ${path}.`,
        );
      }
      await clearDeadLock(path);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return {
    async announce(port) {
      const token = randomBytes(32).toString('hex');
      const announced = `${path}.${process.pid}`;
      await writeFile(announced, JSON.stringify({ ...mine, port, token }), { mode: 0o600 });
      await rename(announced, path);
      return token;
    },
    release: () => rm(path, { force: true }),
  };
}

async function linkIfFree(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Several starters may see the same dead lock; one that moved a live one away by mistake puts it back. */
async function clearDeadLock(path: string): Promise<void> {
  const grave = `${path}.${process.pid}.dead`;
  try {
    await rename(path, grave);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = lockFile.safeParse(parseJson(await readFile(grave, 'utf8'))).data;
  if (holder && isAlive(holder.pid)) await linkIfFree(grave, path);
  await rm(grave, { force: true });
}

/** The live process that holds `dataDir`, or undefined when nobody does. */
export async function findHolder(dataDir: string): Promise<LockHolder | undefined> {
  const content = await readFile(pathOf(dataDir), 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  // A lock that cannot be read was left by a process that died while it wrote it.
  const holder = lockFile.safeParse(parseJson(content)).data;
  return holder && isAlive(holder.pid) ? holder : undefined;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  // In a container a dead process's number is often one's own.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
