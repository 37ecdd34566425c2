import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const WEB = fileURLToPath(new URL('..', import.meta.url));

/** When a file of the UI was last changed, in milliseconds. */
function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map(entry => {
    if (entry.name === 'dist' || entry.name === 'testing') return 0;
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
  });
  return Math.max(0, ...times);
}

/** Builds the UI unless what stands in web/dist is younger than its sources. */
export async function ensureBuiltUi(): Promise<void> {
  const built = statSync(join(WEB, 'dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (newest(WEB) > built) await build({ configFile: join(WEB, '../vite.config.ts'), logLevel: 'error' });
}
