import { fileURLToPath } from 'node:url';
import { runMigrations as migrateQueue } from 'bullmq';
import { runner } from 'node-pg-migrate';
import type pg from 'pg';
import type { Database } from './db.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the schema up to date: ours, and the queue's where the queue lives in Postgres. Safe to run at every start
 * and from several processes at once (advisory lock). Returns the names of the migrations that were run.
 */
export async function migrate(database: Database): Promise<string[]> {
  const client = await database.pool.connect();
  try {
    const done = await runner({
      dbClient: client as unknown as pg.Client,
      dir: MIGRATIONS,
      direction: 'up',
      migrationsTable: 'migration',
      migrationsSchema: 'public',
      log: () => undefined,
    });
    await migrateQueue(client);
    await client.query('set search_path = public, bullmq');
    await rebasePositions(client);
    return done.map(({ name }) => name);
  } finally {
    client.release();
  }
}

/**
 * After a restore into another cluster the stored transaction numbers belong to the old one and may lie in the
 * future here; such rows would look changed for ever.
 */
async function rebasePositions(client: pg.PoolClient): Promise<void> {
  await client.query(
    `update resource set changed_in = pg_current_xact_id()
     where changed_in > (select pg_snapshot_xmax(pg_current_snapshot()))`,
  );
  await client.query(
    `update embedding_space set complete_below = null
     where complete_below > (select pg_snapshot_xmax(pg_current_snapshot()))`,
  );
}
