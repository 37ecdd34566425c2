import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeZip } from '../ingestion/testing/zip-writer.ts';
import { watchFolder } from '../ingestion/watch-folder.ts';
import { type RunningInputs, runInputs } from './testing/running-inputs.ts';

let running: RunningInputs;
beforeAll(async () => {
  running = await runInputs();
}, 60_000);
afterAll(() => running.close());
beforeEach(async () => {
  await running.db.query(
    'delete from ingestion_run; delete from source; delete from resource; delete from audit',
  );
  await rm(running.folder, { recursive: true, force: true });
  await mkdir(running.folder);
});

const write = (name: string, text: string | Buffer) => writeFile(join(running.folder, name), text);
const remove = (name: string) => rm(join(running.folder, name));
const sync = (withdraw: 'no' | 'careful' | 'all' = 'careful') => running.ingest(running.folder, withdraw);
const rowsOf = async () =>
  (await running.db.query('select id, xmin::text, updated_at, changed_in::text from resource order by id'))
    .rows;

async function writeAll(...names: string[]) {
  for (const name of names) await write(name, `The text of ${name}.`);
}

describe('a folder that is kept in step', () => {
  it('is not read again, and no row is touched, while nothing has changed', async () => {
    await writeAll('a.txt', 'b.md', 'c.txt');
    await write('d.jsonl', '{"id":"d1","title":"t","text":"x"}\n{"id":"d2","title":"t","text":"x"}\n');
    await write('e.zip', makeZip({ 'one.txt': 'One.', 'two.txt': 'Two.' }));
    expect(await sync()).toMatchObject({ failed: 0, listing: { withdrawn: 0, missing: 0 } });
    const before = await rowsOf();
    expect(before).toHaveLength(7);
    expect(await sync()).toMatchObject({ added: 0, updated: 0, unchanged: 7, failed: 0 });
    expect(await sync('no')).toMatchObject({ unchanged: 7 });
    expect(await rowsOf()).toEqual(before);
    // Only what has changed is read.
    await write('a.txt', 'Another text.');
    expect(await sync()).toMatchObject({ updated: 1, unchanged: 6 });
  });

  it('loses what is gone, and gets it back', async () => {
    await writeAll('a.txt', 'b.txt', 'c.txt', 'd.txt');
    await sync();
    await remove('b.txt');
    expect(await sync('no')).toMatchObject({ listing: { withdrawn: 0, missing: 1 } });
    expect(await running.live()).toHaveLength(4);
    expect(await sync()).toMatchObject({ listing: { withdrawn: 1 } });
    expect(await running.live()).toEqual(['a.txt', 'c.txt', 'd.txt']);
    await writeAll('b.txt');
    expect(await sync()).toMatchObject({ listing: { restored: 1 } });
    expect(await running.live()).toHaveLength(4);
  });

  it('leaves a decision of a person alone', async () => {
    await writeAll('a.txt', 'b.txt', 'c.txt', 'd.txt');
    await sync();
    await running.operator.withdraw({ resourceId: 'a.txt', reason: 'wrong' });
    expect(await sync()).toMatchObject({ listing: { restored: 0 } });
    expect(await running.live()).toEqual(['b.txt', 'c.txt', 'd.txt']);
  });

  it('loses parts of a file and lines of a manifest', async () => {
    const lines = ['1', '2', '3', '4'].map(id => `{"id":"m${id}","title":"t","text":"x"}\n`);
    await write('m.jsonl', lines.join(''));
    await write('z.zip', makeZip({ 'one.txt': 'One.', 'two.txt': 'Two.' }));
    await sync();
    await write('m.jsonl', lines.slice(1).join(''));
    await write('z.zip', makeZip({ 'one.txt': 'One.' }));
    expect(await sync()).toMatchObject({ listing: { withdrawn: 2 } });
    expect(await running.live()).toEqual(['m2', 'm3', 'm4', 'z.zip/one.txt']);
    // A line or a file that cannot be read may have been any of them: what it held stays.
    await write('m.jsonl', `${lines[3]}{"broken`);
    await write('z.zip', 'PK broken');
    expect(await sync()).toMatchObject({ failed: 2, listing: { withdrawn: 0, missing: 0 } });
    expect(await running.live()).toHaveLength(4);
  });

  it('withdraws nothing when too much would go, unless that is confirmed', async () => {
    await writeAll('a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt');
    await sync();
    await remove('a.txt');
    await remove('b.txt');
    expect(await sync()).toMatchObject({ listing: { withdrawn: 0, missing: 2, listed: 5 } });
    expect(await running.live()).toHaveLength(5);
    expect(await sync('all')).toMatchObject({ listing: { withdrawn: 2 } });
    expect(await running.live()).toEqual(['c.txt', 'd.txt', 'e.txt']);
  });

  it('keeps what another source still has', async () => {
    await writeAll('a.txt', 'b.txt', 'c.txt', 'd.txt');
    const other = `${running.folder}-other`;
    await mkdir(other, { recursive: true });
    await writeFile(join(other, 'a.txt'), 'The text of a.txt.');
    await sync();
    await running.ingest(other, 'careful');
    await remove('a.txt');
    expect(await sync()).toMatchObject({ listing: { withdrawn: 0 } });
    expect(await running.live()).toHaveLength(4);
  });

  it('reads again what failed', async () => {
    await writeAll('a.txt');
    await write('b.txt', ' ');
    expect(await sync()).toMatchObject({ added: 1, failed: 1 });
    expect(await sync()).toMatchObject({ unchanged: 1, failed: 1 });
  });
});

describe('a watched folder', () => {
  it('follows changes, renames and deletions, waits for what is being written, and ends when told', async () => {
    await writeAll('a.txt', 'b.txt', 'c.txt', 'd.txt');
    const stop = new AbortController();
    const faults: unknown[] = [];
    const rounds: string[][] = [];
    const watching = watchFolder(running.folder, {
      everyMs: 150,
      signal: stop.signal,
      sync: async inMotion => {
        rounds.push([...inMotion]);
        await running.ingest(running.folder, 'careful', inMotion);
      },
      report: error => faults.push(error),
    });
    const live = (...ids: string[]) => expect.poll(running.live, { timeout: 15_000 }).toEqual(ids);
    await live('a.txt', 'b.txt', 'c.txt', 'd.txt');
    await rename(join(running.folder, 'a.txt'), join(running.folder, 'z.txt'));
    await live('b.txt', 'c.txt', 'd.txt', 'z.txt');
    // Half a file goes on growing while another one changes.
    let text = 'Half';
    const writing = setInterval(() => {
      text += ' and more';
      void write('growing.txt', text);
    }, 40);
    await remove('b.txt');
    await live('c.txt', 'd.txt', 'z.txt');
    clearInterval(writing);
    await live('c.txt', 'd.txt', 'growing.txt', 'z.txt');
    const { rows } = await running.db.query(
      `select count(*)::int as n from resource_version where resource_id = 'growing.txt'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
    const count = rounds.length;
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(rounds).toHaveLength(count);
    stop.abort();
    await watching;
    expect(faults).toEqual([]);
    expect(await readdir(running.folder)).toHaveLength(4);
  }, 60_000);
});
