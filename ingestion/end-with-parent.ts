import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its parent is gone. A parser that never comes back would not hear of it (`disconnect` is an
 * event) and go on for ever: a thread looks whose child this is.
 */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit());
  const look = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), 1_000)`;
  new Worker(look, { eval: true, execArgv: [] }).unref();
}
