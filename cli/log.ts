import pino, { type Logger } from 'pino';
import type { Config } from '../library/config.ts';

/** Logs as JSON lines on standard error: standard output belongs to results. */
export function createLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino(
    { level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    pino.destination(2),
  );
}
