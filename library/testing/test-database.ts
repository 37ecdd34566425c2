import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Database } from '../db.ts';
import { openEmbedded } from '../embedded/open-embedded.ts';
import { migrate } from '../migrate.ts';
import { cloneServerTemplate, ensureServerTemplate } from './server-database.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/zhujiao', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../migrations/', import.meta.url));

/** With a server's URL here, every test database is one of that server instead of an embedded one. */
const SERVER = process.env.TEST_DATABASE_URL;

/** True in the lane on real services: tests of what only the embedded database does skip themselves. */
export const onServer = SERVER !== undefined;

/** The name of the template changes with every migration and with the engine, so a stale one is never used. */
async function templateName(): Promise<string> {
  const hash = createHash('sha256');
  const versionOf = (name: string) => createRequire(import.meta.url)(`${name}/package.json`).version;
  hash.update(versionOf('bullmq'));
  hash.update(await readFile(new URL('../../package.json', import.meta.url)));
  for (const file of (await readdir(MIGRATIONS)).sort()) hash.update(await readFile(`${MIGRATIONS}${file}`));
  return `template_${hash.digest('hex').slice(0, 16)}`;
}

/** Makes the migrated template that every test database is cloned from, and names it; quick when it is there. */
export async function ensureTemplate(): Promise<string> {
  const name = await templateName();
  if (SERVER) {
    await ensureServerTemplate(SERVER, name);
    return name;
  }
  const path = `${CACHE}/${name}.tar.gz`;
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

/**
 * A fresh, migrated, empty database: PGlite in memory (about a second), or one on the server of TEST_DATABASE_URL. The
 * caller closes it.
 */
export async function freshDatabase(): Promise<Database> {
  const template = await ensureTemplate();
  return SERVER ? cloneServerTemplate(SERVER, template) : openEmbedded({ template });
}
