import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openInput } from '../../ingestion/open-input.ts';
import { createFetcher } from '../../ingestion/safe-fetch.ts';
import { startWebServer, type WebServer } from '../../ingestion/testing/web-server.ts';
import { loadConfig } from '../../library/config.ts';
import type { Db } from '../../library/db.ts';
import { createFileStore } from '../../library/files.ts';
import type { WithdrawMissing } from '../../library/sources.ts';
import { createOperations } from '../../server/operations.ts';
import { ingestInput } from '../ingest-input.ts';
import type { Operator } from '../operator.ts';
import { openProduct } from '../product.ts';

/** A product, a web server and a folder to ingest from. */
export interface RunningInputs {
  db: Db;
  operator: Operator;
  server: WebServer;
  folder: string;
  /** Ingests and says what came of it. */
  ingest(
    input: string,
    withdraw?: WithdrawMissing,
    inMotion?: Set<string>,
  ): Promise<{ added: number; updated: number; unchanged: number; failed: number; listing: object | null }>;
  /** Ids of live resources. */
  live(): Promise<string[]>;
  close(): Promise<void>;
}

export async function runInputs(): Promise<RunningInputs> {
  const root = await mkdtemp(join(tmpdir(), 'inputs-'));
  const config = loadConfig({ ZHUJIAO_DATA_DIR: join(root, 'data') });
  const product = await openProduct(config, pino({ level: 'silent' }), { worker: true });
  const server = await startWebServer();
  const operator = createOperations(product.deps);
  const files = createFileStore(config.filesDir);
  const { db } = product.deps.database;
  const folder = join(root, 'folder');
  const fetcher = createFetcher({ privateHosts: ['localhost'], delayMs: 0 });
  return {
    db,
    operator,
    server,
    folder,
    async ingest(input, withdraw = 'no', inMotion) {
      const opened = await openInput(input, { fetcher, files, syncs: withdraw !== 'no' });
      const { read, listing } = await ingestInput(opened, { operator, files, withdraw, inMotion });
      const { added, updated, unchanged, failed } = await operator.progress({ runId: read.runId });
      return { added, updated, unchanged, failed, listing };
    },
    async live() {
      const { rows } = await db.query<{ id: string }>(
        `select id from resource where status = 'live' and live_version is not null order by id`,
      );
      return rows.map(({ id }) => id);
    },
    async close() {
      await server.close();
      await product.close();
      await rm(root, { recursive: true });
    },
  };
}
