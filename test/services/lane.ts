import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = (name: string) => fileURLToPath(new URL(`${name}.sh`, import.meta.url));

/**
 * Gives a lane its Postgres and Redis: those of TEST_DATABASE_URL and TEST_REDIS_URL, else ones that it starts, and stops
 * again at the end. Tests read the two variables; DATABASE_URL itself would turn every spawned command to the server.
 */
export function setup(): (() => void) | undefined {
  if (process.env.TEST_DATABASE_URL && process.env.TEST_REDIS_URL) return undefined;
  const printed = execFileSync(script('start'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  for (const [, name, value] of printed.matchAll(/^(\w+)=(.+)$/gm)) process.env[`TEST_${name}`] = value;
  return () => void execFileSync(script('stop'), { stdio: 'inherit' });
}
