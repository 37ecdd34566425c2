import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A product that runs as its users run it: a process of its own. */
export interface RunningProduct {
  url: string;
  dataDir: string;
  /** Passwords of the demo accounts by username. */
  passwords: Record<string, string>;
  pid: number;
  stop(): Promise<void>;
}

/** Starts the product on a fresh data directory (or `dataDir`, which is then kept) and waits until it can search. */
export async function startProduct(
  options: { dataDir?: string; flags?: string[]; env?: Record<string, string> } = {},
): Promise<RunningProduct> {
  const dataDir = options.dataDir ?? (await mkdtemp(`${tmpdir()}/zhujiao-product-`));
  const flags = ['serve', '--json', '--port', '0', '--data-dir', dataDir, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [`${ROOT}cli/zhujiao.js`, ...flags], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const started = await Promise.race([
    new Promise<string>(resolve => createInterface({ input: child.stdout }).once('line', resolve)),
    exited.then(() => Promise.reject(new Error('the product ended before it was ready'))),
  ]);
  const { url, accounts } = JSON.parse(started) as {
    url: string;
    accounts: { username: string; password: string }[] | null;
  };
  await waitUntilReady(url);
  return {
    url,
    dataDir,
    passwords: Object.fromEntries((accounts ?? []).map(({ username, password }) => [username, password])),
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Ready is when the index is loaded and, in an empty library, the samples are in. */
async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const ready = await fetch(`${url}/health/ready`);
    const session = (await (await fetch(`${url}/api/session`)).json()) as { library: { resources: number } };
    if (ready.ok && session.library.resources >= 160) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`the product at ${url} was not ready within a minute`);
}
