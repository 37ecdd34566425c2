import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from '../db.ts';
import { inTransaction } from '../db.ts';
import { createPglitePools } from './pglite-pool.ts';
import { openPgliteThread } from './pglite-thread.ts';

/**
 * Opens PGlite in a worker thread behind `pg` pools. `dataDir` undefined means in memory; `template` is a dump to
 * start from (tests). The caller holds the lock on the directory: two openers would silently lose rows.
 */
export async function openEmbedded(options: {
  dataDir?: string;
  template?: string;
}): Promise<Database & { dump(): Promise<Uint8Array> }> {
  if (options.dataDir) await mkdir(dirname(options.dataDir), { recursive: true });
  const thread = await openPgliteThread(options);
  const { pool, readPool } = createPglitePools(thread.exec);
  for (const each of [pool, readPool]) each.on('error', () => undefined);
  // One session for all clients: BullMQ names its tables without their schema, so both schemas are on its path.
  await pool.query('set search_path = public, bullmq');
  return {
    kind: 'pglite',
    db: pool,
    readDb: readPool,
    plannedDb: readPool,
    pool,
    transaction: work => inTransaction(pool, work),
    lost: thread.died,
    dump: thread.dump,
    async close() {
      await Promise.all([pool.end(), readPool.end()]);
      await thread.close();
    },
  };
}
