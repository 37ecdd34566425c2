import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../db.ts';
import { migrate } from '../migrate.ts';

const DUPLICATE_DATABASE = '42P04';

/** The URL of database `name` on the server of `serverUrl`. */
export function databaseUrlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the migrated database `name` that test databases are cloned from; quick when it is there. */
export async function ensureServerTemplate(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, async client => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount) return;
    // It gets its name when it is complete, so that nobody clones half of it.
    const draft = `${name}_${process.pid}`;
    await client.query(`create database ${draft}`);
    const database = await openDatabase({ databaseUrl: databaseUrlOf(serverUrl, draft), dataDir: '' });
    await migrate(database);
    await database.close();
    try {
      await client.query(`alter database ${draft} rename to ${name}`);
    } catch (error) {
      if ((error as pg.DatabaseError).code !== DUPLICATE_DATABASE) throw error;
      await client.query(`drop database ${draft}`);
    }
  });
}

/** Creates an empty database from `template` (none: from nothing) and returns its URL. */
export async function createServerDatabase(serverUrl: string, template?: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(serverUrl, client =>
    client.query(`create database ${name} ${template ? `template ${template}` : ''}`),
  );
  return databaseUrlOf(serverUrl, name);
}

/** Drops the database of `url`, with whoever is still connected to it. */
export async function dropServerDatabase(serverUrl: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await onServer(serverUrl, client => client.query(`drop database ${name} with (force)`));
}

/** Opens a fresh clone of `template`; closing it drops it. */
export async function cloneServerTemplate(serverUrl: string, template: string): Promise<Database> {
  const databaseUrl = await createServerDatabase(serverUrl, template);
  const database = await openDatabase({ databaseUrl, dataDir: '' });
  return {
    ...database,
    async close() {
      await database.close();
      await dropServerDatabase(serverUrl, databaseUrl);
    },
  };
}
