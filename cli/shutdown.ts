import type { Logger } from 'pino';
import { messageOf } from '../library/errors.ts';

/** Longest that a clean end may take; then the process ends as it is, which the database survives. */
const PATIENCE_MS = 20_000;

/** Resolves after SIGINT or SIGTERM, or when `lost` does, once `close` has run. Sets the exit code. */
export async function closeOnSignal(options: {
  close: () => Promise<void>;
  lost: Promise<Error>;
  log: Logger;
}): Promise<void> {
  const { close, lost, log } = options;
  const reason = await Promise.race([
    new Promise<string>(resolve => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
    }),
    lost,
  ]);
  if (reason instanceof Error) {
    log.error({ err: reason }, 'the database is lost; ending');
    process.exit(1);
  }
  log.info({ signal: reason }, 'ending');
  setTimeout(() => {
    log.error('a clean end took too long');
    process.exit(1);
  }, PATIENCE_MS).unref();
  // A second signal is somebody in a hurry.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  await close().catch(error => {
    log.error({ err: error }, messageOf(error));
    process.exitCode = 1;
  });
}
