import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/** Opens `url` in the browser where the system has a way to; the address is printed anyway. */
export function openBrowser(url: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? [];
  if (!command) return;
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  // Without a desktop there is no opener: the printed address serves.
  opener.on('error', () => undefined);
  opener.unref();
}
