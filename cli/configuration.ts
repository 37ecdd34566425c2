import { existsSync } from 'node:fs';
import { type Config, loadConfig } from '../library/config.ts';

/** Flags that every command understands. */
export const commonArgs = {
  'data-dir': {
    type: 'string',
    description: 'Embedded data directory (ZHUJIAO_DATA_DIR, else .data)',
    valueHint: 'DIR',
  },
} as const;

/** For commands that print their result. */
export const jsonArg = {
  json: { type: 'boolean', description: 'Print only JSON on standard output' },
} as const;

/**
 * The settings of this process: flags, then the environment, then `.env` in the working directory.
 * @throws AppError `invalid-input` naming what is wrong.
 */
export function readConfig(args: {
  'data-dir'?: string | undefined;
  port?: string | undefined;
  host?: string | undefined;
}): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig(process.env, {
    ...(args['data-dir'] && { dataDir: args['data-dir'] }),
    ...(args.port && { port: Number(args.port) }),
    ...(args.host && { host: args.host }),
  });
}
