import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from './db.ts';
import { migrate } from './migrate.ts';
import { freshDatabase, onServer } from './testing/test-database.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

describe('the embedded database', () => {
  it('answers three hundred parallel queries, each its own, though every tenth fails', async () => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        i % 10 === 3
          ? database.db.query('select no_such_column').catch(error => error.code)
          : database.db.query('select $1::int as n', [i]).then(({ rows }) => rows[0].n),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 300 }, (_, i) => (i % 10 === 3 ? '42703' : i)));
  });

  it('hides an open transaction from other clients, and a failed one leaves nothing', async () => {
    await database.db.query('create table mark (n int)');
    const work = database.transaction(async db => {
      await db.query('insert into mark values (1)');
      await new Promise(resolve => setTimeout(resolve, 30));
      throw new Error('give up');
    });
    const seen = database.readDb.query('select count(*)::int as n from mark');
    await expect(work).rejects.toThrow('give up');
    expect((await seen).rows).toEqual([{ n: 0 }]);
    await database.db.query('drop table mark');
  });

  it('serves a client that has several queries waiting behind another client’s transaction', async () => {
    const [waiting, holder] = [await database.pool.connect(), await database.pool.connect()];
    await holder.query('begin');
    const answers = Promise.all([waiting.query('select 1 as n'), waiting.query('select 2 as n')]);
    await holder.query('commit');
    expect((await answers).map(({ rows }) => rows[0].n)).toEqual([1, 2]);
    waiting.release();
    holder.release();
  });

  it.skipIf(onServer)('lets waiting reads go before waiting writes', async () => {
    const order: string[] = [];
    const holder = database.transaction(async () => new Promise<void>(resolve => setTimeout(resolve, 30)));
    await new Promise(resolve => setTimeout(resolve, 5));
    const write = database.db.query('select 1').then(() => order.push('write'));
    const read = database.readDb.query('select 1').then(() => order.push('read'));
    await Promise.all([holder, write, read]);
    expect(order).toEqual(['read', 'write']);
  });

  it('delivers a notification to another client', async () => {
    const listener = await database.pool.connect();
    const heard = new Promise<string | undefined>(resolve =>
      listener.on('notification', ({ payload }) => resolve(payload)),
    );
    await listener.query('listen bell');
    await database.db.query("select pg_notify('bell', 'ding')");
    expect(await heard).toBe('ding');
    listener.release();
  });

  it.runIf(onServer)('fails the work of a connection that is cut, and nothing else', async () => {
    const cut = database.transaction(async db => {
      const { rows } = await db.query<{ id: number }>('select pg_backend_pid() as id');
      await database.db.query('select pg_terminate_backend($1)', [rows[0]!.id]);
      // Idle when the end of the connection arrives: no query of its own is there to be told.
      await new Promise(resolve => setTimeout(resolve, 100));
      return db.query('select 1');
    });
    await expect(cut).rejects.toThrow();
    expect((await database.db.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('answers by plans that were made before', async () => {
    const ask = (n: number) => database.plannedDb.query('select $1::int + 1 as n', [n]);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => ask(n)));
    expect(answers.map(({ rows }) => rows[0].n)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
  });

  it('takes binary vectors and has pgvector', async () => {
    const bytes = Buffer.alloc(4 + 2 * 4);
    bytes.writeInt16BE(2, 0);
    bytes.writeFloatBE(3, 4);
    bytes.writeFloatBE(4, 8);
    const { rows } = await database.db.query('select ($1::vector <-> $2::vector)::float as distance', [
      bytes,
      '[0,0]',
    ]);
    expect(rows[0].distance).toBe(5);
  });

  it('migrates a second time without doing anything', async () => {
    expect(await migrate(database)).toEqual([]);
  });
});
