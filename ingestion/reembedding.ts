import type { Database } from '../library/db.ts';
import { dropRetired } from '../library/drop-retired.ts';
import { AppError, messageOf } from '../library/errors.ts';
import {
  beginBuild,
  findPreviousSpace,
  measureMissing,
  type Reembedding,
  type ReembeddingProgress,
  readCompleteBelow,
} from '../library/reembedding.ts';
import {
  describeSpace,
  type EmbeddingSpace,
  findLiveSpace,
  findSpace,
  isSameSpace,
  type SpaceKey,
} from '../library/spaces.ts';
import { tidyTables } from '../library/tidy.ts';
import type { Embedders } from '../models/embedder.ts';
import { liveEmbedder, type SpaceEmbedder } from '../models/live-embedder.ts';
import { type BuildDeps, type BuildWatch, buildSpace, switchWhenComplete } from './build-space.ts';

export interface ReembeddingDeps extends BuildDeps {
  embedders: Embedders;
  /** Resolves when searches of this process use the live space. */
  follow: () => Promise<void>;
}

const NOTHING: ReembeddingProgress = {
  state: 'none',
  space: null,
  done: 0,
  total: 0,
  ratePerSecond: 0,
  secondsLeft: null,
  seconds: 0,
  reason: null,
};

/** Builds, switches and drops spaces, one at a time: in this process, and on a server in all of them. */
export function createReembedding(deps: ReembeddingDeps): Reembedding & { close(): Promise<void> } {
  const { database, embedders } = deps;
  const { db } = database;
  const stop = new AbortController();
  let progress = NOTHING;
  let begunAt = 0;
  let doneBefore = 0;
  /** What changes spaces in this process: one thing at most. `space` is null while old ones are dropped. */
  let running: { space: SpaceKey | null; work?: Promise<void> } | undefined;

  const watch: BuildWatch = {
    step(state) {
      progress = { ...progress, state };
    },
    embedded(passages) {
      const done = progress.done + passages;
      progress = { ...progress, done, total: Math.max(progress.total, done) };
    },
  };

  /** Runs `work` towards a space in the background; when that runs already it is left to go on. */
  async function begin(space: SpaceKey, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
    if (running?.space && isSameSpace(running.space, space)) return;
    const { signal, leave } = await occupy(space);
    begunAt = performance.now();
    doneBefore = 0;
    progress = { ...NOTHING, space: keyOf(space), state: 'embedding' };
    const ended = work(signal)
      // The switch is made; searches that cannot follow at once do so at their next look.
      .then(() => deps.follow().catch(() => undefined))
      .then(
        () => watch.step('done'),
        error => {
          progress = { ...progress, state: 'failed', reason: messageOf(error) };
        },
      )
      .finally(async () => {
        progress = { ...progress, seconds: secondsSince(begunAt) };
        await leave();
      });
    running = { space, work: ended };
  }

  /** Nothing else here or in another process changes spaces until `leave`; `signal` says when to stop. */
  async function occupy(space: SpaceKey | null): Promise<{ signal: AbortSignal; leave(): Promise<void> }> {
    refuseWhileRunning();
    running = { space };
    const lost = new AbortController();
    try {
      const unlock = await lockSpaces(database, () => lost.abort(new AppError('conflict', LOCK_LOST)));
      const leave = async () => {
        running = undefined;
        await unlock();
      };
      return { signal: AbortSignal.any([stop.signal, lost.signal]), leave };
    } catch (error) {
      running = undefined;
      throw error;
    }
  }

  function refuseWhileRunning(): void {
    if (!running) return;
    const what = running.space
      ? `Vectors of ${describeSpace(running.space)} are being built.`
      : 'Old vectors are being deleted.';
    throw new AppError('conflict', `${what} Wait until that is done.`);
  }

  async function target(space: EmbeddingSpace): Promise<SpaceEmbedder> {
    const { passages, allPassages } = await measureMissing(db, space.id);
    doneBefore = allPassages - passages;
    progress = { ...progress, done: doneBefore, total: allPassages };
    return { space, embedder: embedders.of(space) };
  }

  return {
    async estimate(model) {
      const live = await findLiveSpace(db);
      const { space: to, local = false } = await embedders.named(model);
      const known = await findSpace(db, to);
      const missing = await measureMissing(db, known?.id ?? 0);
      const tokens = Math.round(missing.wideCharacters + (missing.characters - missing.wideCharacters) / 4);
      const isLive = live !== undefined && isSameSpace(live, to);
      return { ...missing, from: live ? keyOf(live) : null, to, tokens, isLocal: local, isLive };
    },
    async start(model) {
      const { space: key } = await embedders.named(model);
      await liveEmbedder(db, embedders);
      await begin(key, async signal => {
        const space = await beginBuild(db, key);
        const built = await target(space);
        if (space.state !== 'live') await buildSpace(deps, built, watch, signal);
      });
    },
    async startRollback() {
      // Before the searches that wait: going back is for when something is wrong.
      const previous = await findPreviousSpace(database.readDb);
      if (!previous) {
        throw new AppError(
          'conflict',
          'There is no space to go back to: nothing was re-embedded, or --drop-retired has freed its room.',
        );
      }
      await begin(previous, async signal => {
        // Where nothing came in since, its model need not even answer.
        const position = await readCompleteBelow(database.readDb, previous.id);
        const back = { space: previous, embedder: embedders.of(previous) };
        await switchWhenComplete(position, deps, back, watch, signal);
      });
    },
    progress() {
      if (!running) return progress;
      const seconds = secondsSince(begunAt);
      const ratePerSecond = (progress.done - doneBefore) / Math.max(seconds, 0.001);
      const secondsLeft =
        ratePerSecond > 0 ? Math.ceil((progress.total - progress.done) / ratePerSecond) : null;
      return { ...progress, seconds, ratePerSecond, secondsLeft };
    },
    async dropRetired() {
      const { leave } = await occupy(null);
      try {
        const dropped = await dropRetired(database);
        await tidyTables(database);
        return dropped;
      } finally {
        await leave();
      }
    },
    async close() {
      stop.abort(
        new AppError('stopped', 'The re-embedding was stopped; run `zhujiao reembed` again to go on.'),
      );
      await running?.work;
    },
  };
}

function keyOf({ model, dimensions, preprocessing }: SpaceKey): SpaceKey {
  return { model, dimensions, preprocessing };
}

function secondsSince(begunAt: number): number {
  return Math.round((performance.now() - begunAt) / 100) / 10;
}

/** Any number that no other lock uses. */
const LOCK = 7_368_105;
const LOCK_LOST =
  'The connection to Postgres was lost, and with it the right to change spaces. Run `zhujiao reembed` again to go on.';

/**
 * Keeps other processes from changing spaces; a process that dies lets go with its connection. `onLost` is called when the
 * connection breaks: another process may have the right then. Embedded there is no other.
 * @throws AppError `conflict`
 */
async function lockSpaces({ kind, pool }: Database, onLost: () => void): Promise<() => Promise<void>> {
  if (kind === 'pglite') return async () => undefined;
  const client = await pool.connect();
  const asked = (query: string) =>
    client.query<{ done: boolean }>(`select ${query}($1) as done`, [LOCK]).catch((error: Error) => {
      client.release(error);
      throw error;
    });
  const { rows } = await asked('pg_try_advisory_lock');
  if (rows[0]!.done) {
    client.on('error', onLost);
    return async () => {
      client.off('error', onLost);
      // A broken connection has let go by itself.
      await asked('pg_advisory_unlock').then(
        () => client.release(),
        () => undefined,
      );
    };
  }
  client.release();
  throw new AppError(
    'conflict',
    'Another process is re-embedding this library. Wait until it is done, or stop it: it can be gone on with.',
  );
}
