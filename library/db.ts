import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Config } from './config.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { AppError } from './errors.ts';

/** All that a SQL function needs; a pool, a client inside a transaction and PGlite all fit. */
export interface Db {
  // biome-ignore lint/suspicious/noExplicitAny: a row's type is the caller's knowledge of its own SQL
  query<Row extends pg.QueryResultRow = any>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/** An open database, embedded or on a server. */
export interface Database {
  kind: 'pglite' | 'postgres';
  db: Db;
  /** Reads of a search: embedded they go before waiting writes. */
  readDb: Db;
  /**
   * The same for a few texts whose plans are right whatever the tables hold: on a server each connection plans them once,
   * which takes a fifth of the time of looking up rows. What varies goes into the values.
   */
  plannedDb: Db;
  /** For libraries that want a pool (BullMQ). */
  pool: pg.Pool;
  /** Runs `work` in one transaction and rolls back when it throws. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Resolves with the reason if the database is lost for good; the process should then end. */
  lost: Promise<Error>;
  close(): Promise<void>;
}

/** Runs `work` on one client of `pool` between begin and commit. */
export async function inTransaction<T>(pool: pg.Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((fault: Error) => {
      broken = fault;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Opens the database that the settings name. Embedded, the caller holds the lock of the data directory.
 * @throws AppError `conflict` when it cannot be reached or opened.
 */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  return config.databaseUrl
    ? openServer(config.databaseUrl)
    : openEmbedded({ dataDir: `${config.dataDir}/database` });
}

/** Settings of every connection to a server, made once where they would cost a round trip each in every search. */
const SESSION = {
  // BullMQ's Postgres backend, when it is used, names its tables without their schema.
  search_path: 'public,bullmq',
  // No query of ours runs for so long that compiling it pays.
  jit: 'off',
  // Recall@10 of 0.977 over 213,000 passages; 120 has 0.967 and 80 has 0.932 (eval/scale/benchmark-server.ts).
  'hnsw.ef_search': 160,
  // With a filter the scan goes on until enough fit. Its default memory (work_mem once) ends it at some 3,000 passages.
  'hnsw.iterative_scan': 'relaxed_order',
  'hnsw.max_scan_tuples': 20_000,
  'hnsw.scan_mem_multiplier': 8,
};

/** Queries as named statements, which every connection plans once; the name is made of the text. */
function planned(pool: pg.Pool): Db {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `zhujiao_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    names.set(text, name);
    return name;
  };
  return { query: (text, values) => pool.query({ name: nameOf(text), text, ...(values && { values }) }) };
}

async function openServer(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    options: Object.entries(SESSION)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    keepAlive: true,
  });
  // An idle connection that drops is replaced by the pool at the next query. One in use that drops makes its query fail,
  // which reports it; without a listener of its own it would end the process as well.
  pool.on('error', () => undefined);
  pool.on('connect', client => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new AppError(
      'conflict',
      'Postgres cannot be reached. Check DATABASE_URL and that the server is running.',
      { cause },
    );
  }
  return {
    kind: 'postgres',
    db: pool,
    readDb: pool,
    plannedDb: planned(pool),
    pool,
    transaction: work => inTransaction(pool, work),
    lost: new Promise(() => undefined),
    close: () => pool.end(),
  };
}
