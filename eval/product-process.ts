import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../cli/zhujiao.js', import.meta.url));

/** Starts `zhujiao` with `args` in a process of its own; `flags` are Node's. What it says of its work goes on as ours. */
export function startCommand(args: string[], flags: string[] = []): ChildProcess {
  return spawn(process.execPath, [...flags, COMMAND, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Starts a server and resolves when it can search. @throws Error when that takes longer than a minute */
export async function startServer(url: string, args: string[], flags: string[] = []): Promise<ChildProcess> {
  const server = startCommand(['serve', '--port', new URL(url).port, ...args], flags);
  for (let tries = 0; tries < 600; tries++) {
    if ((await fetch(`${url}/health/ready`).catch(() => undefined))?.ok) return server;
    await pause(100);
  }
  server.kill();
  throw new Error(`${url} was not ready within a minute.`);
}

export async function stopServer(server: ChildProcess): Promise<void> {
  server.kill('SIGTERM');
  await once(server, 'close');
}

/** Runs a command to its end and returns what it printed with --json. @throws Error when it fails */
export async function runJson(args: string[], flags: string[] = []): Promise<Record<string, unknown>> {
  const command = startCommand([...args, '--json'], flags);
  let printed = '';
  command.stdout!.on('data', bytes => {
    printed += bytes;
  });
  const [code] = await once(command, 'close');
  if (code !== 0) throw new Error(`zhujiao ${args.join(' ')} ended with ${code}.`);
  return JSON.parse(printed);
}

/** Results of a search over HTTP. @throws Error when it is not answered with any */
export async function searchOver(url: string, query: string): Promise<unknown[]> {
  const response = await fetch(`${url}/api/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: query.slice(0, 1000), limit: 10 }),
  });
  const { results } = (await response.json()) as { results?: unknown[] };
  if (!results) throw new Error(`A search was answered with ${response.status}.`);
  return results;
}

/** The most memory that a process has had (`VmHWM` of Linux; elsewhere it is not known). */
export async function peakMemory({ pid }: ChildProcess): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes ? `${Math.round(Number(kilobytes) / 1024)} MB` : 'unknown';
}
