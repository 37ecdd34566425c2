import type { Database } from './db.ts';

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
