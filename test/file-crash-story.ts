import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Database, Db } from '../library/db.ts';
import type { CrashPoint } from './crash-points.ts';
import type { CrashOrder } from './file-crash-process.ts';
import { expectInvariants } from './invariants.ts';
import { digestLibrary, type LibraryDigest } from './library-digest.ts';
import { waitFor } from './zhujiao-process.ts';

const PROCESS = fileURLToPath(new URL('./file-crash-process.ts', import.meta.url));

/** Where a story plays: what its processes are told, and a look into the library while none of them has it open. */
export interface Stage {
  place: Pick<CrashOrder, 'dataDir' | 'databaseUrl' | 'redisUrl'>;
  look<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

export function startCrashProcess(order: CrashOrder) {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }));
  return { child, ended };
}

/** Which time a point is reached that this seed hits; some are reached once only. */
export function nthOf(point: CrashPoint, seed: number): number {
  const often: Partial<Record<CrashPoint, number>> = {
    'file kept, not recorded': 5,
    taken: 3,
    'in the middle of reading': 4,
    'read, not stored': 4,
    'between groups': 6,
    'during finish': 2,
  };
  return 1 + (seed % (often[point] ?? 1));
}

/** A worker that is gone holds its batches for 30 s more; embedded the next start knows that it is. */
export async function expireLeases(db: Db): Promise<void> {
  await db.query(`update ingestion_batch set lease_until = now() - interval '1 s' where state = 'taken'`);
}

/** Kills at the point, looks, starts again, and looks whether all of it is in, once. */
export async function crashAt(
  point: CrashPoint,
  seed: number,
  stage: Stage,
  said: LibraryDigest,
): Promise<void> {
  const order: CrashOrder = { ...stage.place, point, nth: nthOf(point, seed), signal: 'SIGKILL', seed };
  const hit = await startCrashProcess(order).ended;
  expect(hit, `${point}: ${hit.stderr}`).toMatchObject({ signal: 'SIGKILL' });
  await stage.look(async ({ db }) => {
    await expectInvariants(db, { atRest: false });
    await expireLeases(db);
  });
  await runToTheEnd(seed, stage);
  await expectAllIn(stage, said);
}

export async function runToTheEnd(seed: number, stage: Stage): Promise<void> {
  const again = await startCrashProcess({ ...stage.place, nth: 0, signal: 'SIGKILL', seed }).ended;
  expect(again, again.stderr).toMatchObject({ code: 0 });
}

export async function expectAllIn({ look }: Stage, said: LibraryDigest | undefined): Promise<LibraryDigest> {
  return look(async ({ db }) => {
    await expectInvariants(db, { atRest: true });
    const twice = `select place from ingestion_item group by place having count(*) > 1`;
    expect((await db.query(twice)).rows).toEqual([]);
    const states = await db.query(
      'select state, count(*)::int as n from ingestion_item group by 1 order by 1',
    );
    // Three lessons, a paper and the parts of the archive, each once.
    expect(states.rows).toEqual([
      { state: 'added', n: 134 },
      { state: 'unpacked', n: 1 },
    ]);
    const versions = `select resource_id from resource_version group by 1 having count(*) > 1`;
    expect((await db.query(versions)).rows).toEqual([]);
    const digest = await digestLibrary(db);
    if (said) expect(digest).toEqual(said);
    return digest;
  });
}

/** A process is stopped at the point, loses its batch, another does the work, and then it goes on. */
export async function freezeAt(
  point: CrashPoint,
  seed: number,
  stage: Stage,
  said: LibraryDigest,
): Promise<void> {
  const frozen = await freeze(point, seed, stage);
  await stage.look(({ db }) => expireLeases(db));
  await runToTheEnd(seed, stage);
  frozen.child.kill('SIGCONT');
  const { code, stderr } = await frozen.ended;
  expect(code, stderr).toBe(0);
  await expectAllIn(stage, said);
}

/** Starts a process and waits until it stands still at the point. */
async function freeze(point: CrashPoint, seed: number, { place }: Stage) {
  const nth = nthOf(point, seed);
  const frozen = startCrashProcess({ ...place, point, nth, signal: 'SIGSTOP', seed });
  await waitFor('the process stands still', 60, async () => {
    const stat = await readFile(`/proc/${frozen.child.pid}/stat`, 'utf8');
    return / T /.test(stat) || undefined;
  });
  return frozen;
}

/** A service dies under a process that stands at the point; where that one ends by it, it is started again. */
export async function crashBesides(
  point: CrashPoint,
  seed: number,
  stage: Stage,
  said: LibraryDigest,
  kill: () => void,
): Promise<void> {
  const frozen = await freeze(point, seed, stage);
  kill();
  frozen.child.kill('SIGCONT');
  const { code } = await frozen.ended;
  if (code !== 0) {
    await stage.look(({ db }) => expireLeases(db));
    await runToTheEnd(seed, stage);
  }
  await expectAllIn(stage, said);
}
