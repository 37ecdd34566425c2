import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Db, openDatabase } from '../library/db.ts';
import { expectInvariants } from './invariants.ts';
import { digestLibrary, type LibraryDigest } from './library-digest.ts';
import { runZhujiao, startZhujiao, waitFor } from './zhujiao-process.ts';

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

/** Opens the library of `dataDir`, which no process holds, for `look`; undefined when there is no library yet. */
async function lookInto<T>(dataDir: string, look: (db: Db) => Promise<T>): Promise<T | undefined> {
  // A kill may come before the database is there, or before its tables are.
  if (!existsSync(`${dataDir}/database/PG_VERSION`)) return undefined;
  const database = await openDatabase({ dataDir, databaseUrl: undefined });
  try {
    const { rows } = await database.db.query(
      `select to_regclass('public.ingestion_item') is not null as migrated`,
    );
    return rows[0].migrated ? await look(database.db) : undefined;
  } finally {
    await database.close();
  }
}

/** Checks every invariant of the library of `dataDir` and returns what it says. */
export async function inspect(dataDir: string, { atRest }: { atRest: boolean }): Promise<LibraryDigest> {
  const digest = await lookInto(dataDir, async db => {
    await expectInvariants(db, { atRest });
    return digestLibrary(db);
  });
  return digest ?? { resources: 0, passages: 0, digest: '' };
}

/**
 * Runs `zhujiao ingest` again until nothing of an earlier, killed run is left over. Its job counts as running until the
 * lock has run out (30 s), and a command ends with its own run, so that may take more than one.
 */
export async function comeToRest(folder: string, dataDir: string): Promise<void> {
  await waitFor('what a killed process held is done', 90, async () => {
    await ingest(folder, dataDir);
    const left = await lookInto(dataDir, async db => {
      const { rows } = await db.query(`select count(*)::int as n from ingestion_batch where state <> 'done'`);
      return rows[0].n as number;
    });
    return left === 0 || undefined;
  });
}
