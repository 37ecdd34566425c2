import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { environment } from '../library/config.ts';

const COMMAND = fileURLToPath(new URL('../cli/zhujiao.js', import.meta.url));

/** A `zhujiao` command that runs in a process of its own. */
export interface ZhujiaoProcess {
  child: ChildProcess;
  /** What it has written so far. */
  output: { stdout: string; stderr: string };
  /** Resolves when it has ended; `code` is null after a signal. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Every variable of the product, empty: neither this environment nor an .env decides what a test's command does. */
const NO_SETTINGS = Object.fromEntries(Object.keys(environment.shape).map(name => [name, '']));

/** Starts `zhujiao` with `args` and no settings but those of `env`. */
export function startZhujiao(args: string[], env: Record<string, string> = {}): ZhujiaoProcess {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    // Vitest's own NODE_OPTIONS and mode are not a user's.
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...NO_SETTINGS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

/**
 * Runs `zhujiao` to its end and returns its standard output.
 * @throws Error with all that it wrote when it ends with another code than 0.
 */
export async function runZhujiao(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await startZhujiao(args, env).ended;
  if (code !== 0) throw new Error(`zhujiao ${args.join(' ')} ended with ${code}.\n${stdout}\n${stderr}`);
  return stdout;
}

/** Ends a process by `signal` and waits until it is gone. Returns its exit code and how long that took. */
export async function endProcess(
  { child, ended }: ZhujiaoProcess,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; milliseconds: number }> {
  const start = performance.now();
  child.kill(signal);
  const { code } = await ended;
  return { code, milliseconds: performance.now() - start };
}

/** Asks again every 50 ms until `probe` returns something. @throws Error saying that `what` did not happen in time */
export async function waitFor<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Within ${seconds} s this did not happen: ${what}.`);
    await pause(50);
  }
}
