import type { Database } from './db.ts';
import type { FileStore, OldFile } from './files.ts';

/** The tables whose rows are replaced in numbers while resources are ingested. */
const TABLES = [
  'ingestion_item',
  'ingestion_batch',
  'listed_resource',
  'embedding',
  'resource',
  'passage',
  'resource_version',
];

/**
 * Frees the room of replaced rows and renews the planner's statistics, table by table. The embedded database has no
 * autovacuum process: without this, payloads of the outbox would stay on disk for ever (31 of 51 MB after 20,000
 * resources). Takes 2 s after those, milliseconds after a few; a server looks after itself and is left alone.
 */
export async function tidyTables({ kind, db }: Database): Promise<void> {
  if (kind !== 'pglite') return;
  for (const table of TABLES) await db.query(`vacuum (analyze) public.${table}`);
}

/** An upload may take hours over a bad line; what is older than a day was broken off between its bytes and its row. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** Removes originals that no row names and drafts that nobody writes, when both are a day old; returns how many. */
export async function tidyFiles(
  database: Pick<Database, 'transaction'>,
  files: FileStore,
  stop: AbortSignal,
): Promise<number> {
  const before = new Date(Date.now() - ABANDONED_MS);
  let removed = 0;
  for await (const file of files.listOlder(before)) {
    if (stop.aborted) break;
    if (await removeUnnamed(database, files, file, before)) removed += 1;
  }
  return removed;
}

async function removeUnnamed(
  database: Pick<Database, 'transaction'>,
  files: FileStore,
  file: OldFile,
  before: Date,
): Promise<boolean> {
  if (!file.hash) return files.removeOlder(file, before);
  return database.transaction(async db => {
    // Whoever records the same bytes at this moment waits, and then finds them where their own upload has put them.
    await db.query('lock table public.file in share row exclusive mode');
    const { rowCount } = await db.query(`select from public.file where hash = decode($1, 'hex')`, [
      file.hash,
    ]);
    return rowCount ? false : files.removeOlder(file, before);
  });
}
