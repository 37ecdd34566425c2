import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Ready, Report } from './search-process.ts';

const PROGRAM = fileURLToPath(new URL('search-process.ts', import.meta.url));

export interface SearchProcess {
  ready: Ready;
  /** Has it measure and returns the result; `close` ends it. */
  order<Result extends Report>(order: Order): Promise<Result>;
}

/**
 * Starts a process that searches in the library and waits until it is ready.
 * @throws Error when it ends before it has answered; its own message is on standard error.
 */
export async function startSearchProcess(options: {
  databaseUrl: string;
  folder: string;
  dimensions: number;
  resources: number;
}): Promise<SearchProcess> {
  const { databaseUrl, folder, dimensions, resources } = options;
  const child = fork(PROGRAM, [
    ...['--database', databaseUrl, '--folder', folder],
    ...['--dimensions', `${dimensions}`, '--resources', `${resources}`],
  ]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that searches ended with ${code} before it answered.`);
  });
  ended.catch(() => undefined);
  const answer = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  const ready: Ready = await answer();
  return {
    ready,
    async order(order) {
      const result = answer();
      child.send(order);
      return result;
    },
  };
}
