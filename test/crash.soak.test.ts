import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../library/db.ts';
import { createServerDatabase, dropServerDatabase } from '../library/testing/server-database.ts';
import { freshRedisUrl } from '../library/testing/test-queue.ts';
import { comeToRest, createLibrary, ingest, inspect, killIngest, tableBytes } from './embedded-crash.ts';
import { writeLibrary } from './generated-library.ts';
import { expectInvariants } from './invariants.ts';
import { digestLibrary, type LibraryDigest } from './library-digest.ts';
import { endProcess, runZhujiao, startZhujiao, waitFor, type ZhujiaoProcess } from './zhujiao-process.ts';

const RESOURCES = 3000;

let folder: string;
let library: string;
let said: LibraryDigest;
let growth: number;
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/zhujiao-crash-`);
  library = `${folder}/library`;
  await writeLibrary(library, RESOURCES);
  await createLibrary(`${folder}/empty`);
  await cp(`${folder}/empty`, `${folder}/calm`, { recursive: true });
  const before = await tableBytes(`${folder}/calm`);
  await ingest(library, `${folder}/calm`);
  growth = (await tableBytes(`${folder}/calm`)) - before;
  said = await inspect(`${folder}/calm`, { atRest: true });
  expect(said.resources).toBe(RESOURCES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const DONE = { state: 'done', failed: 0 };
const NOTHING_TO_DO = { ...DONE, added: 0, updated: 0, unchanged: RESOURCES };

describe('embedded, killed in the midst of an ingestion', () => {
  const left: number[] = [];

  /** Kills an ingestion once the tables have grown by `share` of what the whole library takes. */
  const killAt = async (dataDir: string, share: number) => {
    const limit = (await tableBytes(dataDir)) + growth * share;
    return killIngest(library, dataDir, async () => (await tableBytes(dataDir)) > limit);
  };

  it.each([0.02, 0.2, 0.4, 0.6, 0.8])('after %f of the writing', async share => {
    const dataDir = `${folder}/killed-${share}`;
    await cp(`${folder}/empty`, dataDir, { recursive: true });
    expect(await killAt(dataDir, share)).toBe(true);
    left.push((await inspect(dataDir, { atRest: false })).resources);
    expect(await ingest(library, dataDir)).toMatchObject(DONE);
    await comeToRest(library, dataDir);
    expect(await inspect(dataDir, { atRest: true })).toEqual(said);
    expect(await ingest(library, dataDir)).toMatchObject(NOTHING_TO_DO);
    await rm(dataDir, { recursive: true });
  });

  it('was hit in the middle of its work, not only before and after', () => {
    expect(left.filter(resources => resources > 0 && resources < RESOURCES).length).toBeGreaterThan(2);
  });

  it('in its very first start, at any time of it', async () => {
    for (const milliseconds of [300, 800, 1500, 2500, 4000]) {
      const dataDir = `${folder}/first-start-${milliseconds}`;
      await killIngest(library, dataDir, () => pause(milliseconds, true));
      await inspect(dataDir, { atRest: false });
      expect(await ingest(library, dataDir)).toMatchObject(DONE);
      await comeToRest(library, dataDir);
      expect(await inspect(dataDir, { atRest: true })).toEqual(said);
      await rm(dataDir, { recursive: true });
    }
  });

  it('again and again', async () => {
    const dataDir = `${folder}/killed-often`;
    await cp(`${folder}/empty`, dataDir, { recursive: true });
    for (let round = 0; round < 8; round++) {
      await killAt(dataDir, 0.1);
      await inspect(dataDir, { atRest: false });
    }
    expect(await ingest(library, dataDir)).toMatchObject(DONE);
    await comeToRest(library, dataDir);
    expect(await inspect(dataDir, { atRest: true })).toEqual(said);
  });
});

describe('on a server, while a command line accepts and a worker stores', () => {
  const server = process.env.TEST_DATABASE_URL!;
  let env: Record<string, string>;
  let database: Database;
  let workers: ZhujiaoProcess[] = [];
  let over: boolean;

  beforeEach(async () => {
    over = false;
    env = { DATABASE_URL: await createServerDatabase(server), REDIS_URL: (await freshRedisUrl())! };
    await runZhujiao(['migrate'], env);
    database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: '' });
    workers = [];
  });
  afterEach(async () => {
    over = true;
    for (const worker of workers) worker.child.kill('SIGKILL');
    await database.close();
    await dropServerDatabase(server, env.DATABASE_URL!);
  });

  const startWorker = () => {
    const worker = startZhujiao(['work'], env);
    workers.push(worker);
    return worker;
  };
  const countLive = async () => {
    const { rows } = await database.db.query('select count(live_version)::int as n from resource');
    return rows[0].n as number;
  };

  /**
   * Ingests the library with one worker, lets `fault` happen once `share` of it is stored, and checks the end. Where the
   * fault may hit the command itself, its user runs it once more.
   */
  async function ingestThrough(
    share: number,
    fault: (worker: ZhujiaoProcess) => Promise<void>,
    { mayFail } = { mayFail: false },
  ) {
    const worker = startWorker();
    const ingested = runZhujiao(['ingest', library, '--json'], env).catch(error => error as Error);
    await waitFor(`${share} of the library is stored`, 120, async () =>
      (await countLive()) >= Math.max(1, share * RESOURCES) ? true : undefined,
    );
    await fault(worker);
    await expectInvariants(database.db, { atRest: false });
    const summary = await ingested;
    if (summary instanceof Error && !mayFail) throw summary;
    const last = summary instanceof Error ? await runZhujiao(['ingest', library, '--json'], env) : summary;
    expect(JSON.parse(last)).toMatchObject(DONE);
    // An earlier run of the command may have left a batch to a worker that died: its lease lasts 30 s.
    await waitFor('nothing is left to do', 90, async () => {
      const { rowCount } = await database.db.query(`select from ingestion_batch where state <> 'done'`);
      return rowCount === 0 || undefined;
    });
    await expectInvariants(database.db, { atRest: true });
    expect(await digestLibrary(database.db)).toEqual(said);
    expect(JSON.parse(await runZhujiao(['ingest', library, '--json'], env))).toMatchObject(NOTHING_TO_DO);
  }

  it.each([0, 0.2, 0.4, 0.6, 0.8])('a worker killed when %f is stored leaves its work to the next', share =>
    ingestThrough(share, async worker => {
      const { code } = await endProcess(worker, 'SIGKILL');
      expect(code).toBeNull();
      startWorker();
    }),
  );

  it('a Redis that forgets everything, twice, loses nothing', () =>
    ingestThrough(0.2, async () => {
      const redis = new Redis(env.REDIS_URL!);
      await redis.flushdb();
      await waitFor('half of the library is stored', 120, async () =>
        (await countLive()) > RESOURCES / 2 ? true : undefined,
      );
      await redis.flushdb();
      redis.disconnect();
    }));

  it('a worker that was frozen for longer than its lease writes nothing after another took over', () =>
    ingestThrough(0.3, async frozen => {
      frozen.child.kill('SIGSTOP');
      startWorker();
      await pause(45_000);
      frozen.child.kill('SIGCONT');
    }));

  it('a Postgres that crashes (one backend killed, so all sessions are lost) and recovers', () => {
    const crash = async (worker: ZhujiaoProcess) => {
      const { rows } = await database.db.query(
        'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() limit 1',
      );
      process.kill(rows[0].pid, 'SIGKILL');
      const answers = () =>
        database.db.query('select 1').then(
          () => true,
          () => false,
        );
      await waitFor('Postgres has lost its sessions', 20, async () => !(await answers()) || undefined);
      await waitFor('Postgres answers again', 60, async () => (await answers()) || undefined);
      // What a supervisor does, should the worker give up.
      worker.ended.then(() => over || startWorker());
    };
    return ingestThrough(0.3, crash, { mayFail: true });
  });
});
