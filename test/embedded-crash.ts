import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../library/db.ts';
import { expectInvariants } from './invariants.ts';
import { digestLibrary, type LibraryDigest } from './library-digest.ts';
import { runZhujiao, startZhujiao } from './zhujiao-process.ts';

/** What `zhujiao ingest --json` prints of a run. */
export interface IngestionSummary {
  state: string;
  added: number;
  updated: number;
  unchanged: number;
  failed: number;
}

/** Ingests `folder` into the embedded library of `dataDir`, to the end. */
export async function ingest(folder: string, dataDir: string): Promise<IngestionSummary> {
  return JSON.parse(await runZhujiao(['ingest', folder, '--data-dir', dataDir, '--json']));
}

/** Makes an empty library, so that whatever its files grow by is ingestion's. */
export async function createLibrary(dataDir: string): Promise<void> {
  await runZhujiao(['migrate', '--data-dir', dataDir]);
}

/** Bytes of the tables of `dataDir`: the only sign of progress that another process can see, since one holds the lock. */
export async function tableBytes(dataDir: string): Promise<number> {
  const base = `${dataDir}/database/base`;
  const files = await readdir(base, { recursive: true });
  // A table that is rewritten vanishes between the listing and the look.
  const sizes = await Promise.all(
    files.map(file =>
      stat(`${base}/${file}`).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Starts to ingest and kills the process (SIGKILL) as soon as `isDue`; true when it was still at work. */
export async function killIngest(
  folder: string,
  dataDir: string,
  isDue: () => Promise<boolean>,
): Promise<boolean> {
  const { child, ended } = startZhujiao(['ingest', folder, '--data-dir', dataDir, '--json']);
  const isOver = ended.then(() => true);
  while (!(await Promise.race([isOver, isDue()]))) await pause(50);
  child.kill('SIGKILL');
  const { code, stderr } = await ended;
  if (code !== null && code !== 0) throw new Error(`zhujiao ingest ended with ${code} by itself.\n${stderr}`);
  return code === null;
}

/** Opens the library of `dataDir`, which no process holds, checks every invariant and returns what it says. */
export async function inspect(dataDir: string, { atRest }: { atRest: boolean }): Promise<LibraryDigest> {
  const nothing = { resources: 0, passages: 0, digest: '' };
  // A kill may come before the database is there, or before its tables are.
  if (!existsSync(`${dataDir}/database/PG_VERSION`)) return nothing;
  const database = await openDatabase({ dataDir, databaseUrl: undefined });
  try {
    const { rows } = await database.db.query(
      `select to_regclass('public.ingestion_item') is not null as migrated`,
    );
    if (!rows[0].migrated) return nothing;
    await expectInvariants(database.db, { atRest });
    return await digestLibrary(database.db);
  } finally {
    await database.close();
  }
}
