import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Database } from '../db.ts';
import { openEmbedded } from '../embedded/open-embedded.ts';
import { migrate } from '../migrate.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/zhujiao', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../migrations/', import.meta.url));

/** The name of the template changes with every migration and with the engine, so a stale one is never used. */
async function templatePath(): Promise<string> {
  const hash = createHash('sha256');
  const versionOf = (name: string) => createRequire(import.meta.url)(`${name}/package.json`).version;
  hash.update(versionOf('bullmq'));
  hash.update(await readFile(new URL('../../package.json', import.meta.url)));
  for (const file of (await readdir(MIGRATIONS)).sort()) hash.update(await readFile(`${MIGRATIONS}${file}`));
  return `${CACHE}/template-${hash.digest('hex').slice(0, 16)}.tar.gz`;
}

/** Makes the migrated template that every test database is cloned from; quick when it is there. */
export async function ensureTemplate(): Promise<string> {
  const path = await templatePath();
  if (existsSync(path)) return path;
  const database = await openEmbedded({});
  await migrate(database);
  const dump = await database.dump();
  await database.close();
  await mkdir(CACHE, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, dump);
  await rename(draft, path);
  return path;
}

/** A fresh, migrated, empty PGlite in memory (about a second). The caller closes it. */
export async function freshDatabase(): Promise<Database> {
  return openEmbedded({ template: await ensureTemplate() });
}
