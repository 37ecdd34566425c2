import { EventEmitter, once } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../library/db.ts';
import { AppError } from '../library/errors.ts';
import { appendEvent, readEvents } from '../library/stream-events.ts';
import { formatEvent } from './format-event.ts';

/** Sends one event to whoever follows the stream, now or after a reload. */
export type Emit = (kind: string, data: unknown) => Promise<void>;

/** Answers and plans in the making. Their events stand in Postgres, so a reload, or another server, can follow them. */
export interface Runs {
  /** Starts `work` in the background; it ends its stream itself with an event whose kind ends in `-end`. */
  start(streamId: string, work: (emit: Emit, signal: AbortSignal) => Promise<void>): void;
  /** Asks a run of this process to stop; false when it is not here. */
  stop(streamId: string): boolean;
  /** The stream as server-sent events after event number `after`, until its end. */
  follow(streamId: string, after: number): AsyncGenerator<string>;
  active(): number;
  /** Stops all runs and waits for them to store what they have. */
  close(): Promise<void>;
}

/** Another server's events are looked for this often; our own wake the reader at once. */
const POLL_MS = 1_000;
/** Proxies close a silent connection after a minute or less. */
const HEARTBEAT_MS = 15_000;
/** A stream that brings nothing for so long has lost its writer. */
const SILENCE_MS = 180_000;

export const isEnd = (kind: string) => kind.endsWith('-end');

export function createRuns(deps: { db: Db; log: FastifyBaseLogger }): Runs {
  const running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  const bell = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();

  return {
    start(streamId, work) {
      const abort = new AbortController();
      let seq = 0;
      const emit: Emit = async (kind, data) => {
        seq += 1;
        await appendEvent(deps.db, streamId, { seq, kind, data });
        bell.emit(streamId);
      };
      const done = work(emit, abort.signal)
        .catch(error => deps.log.error({ err: error, streamId }, 'run failed'))
        .finally(() => running.delete(streamId));
      running.set(streamId, { abort, done });
    },
    stop(streamId) {
      const run = running.get(streamId);
      run?.abort.abort(new AppError('stopped', 'Stopped by the asker.'));
      return run !== undefined;
    },
    async *follow(streamId, after) {
      let seq = after;
      let lastSent = Date.now();
      let lastEvent = Date.now();
      while (!closing.signal.aborted && Date.now() - lastEvent < SILENCE_MS) {
        const rung = once(bell, streamId, {
          signal: AbortSignal.any([AbortSignal.timeout(POLL_MS), closing.signal]),
        }).catch(
          // The time-out is the poll, and closing ends the loop.
          () => undefined,
        );
        for (const event of await readEvents(deps.db, streamId, seq)) {
          yield formatEvent(event);
          seq = event.seq;
          lastSent = lastEvent = Date.now();
          if (isEnd(event.kind)) return;
        }
        await rung;
        if (Date.now() - lastSent >= HEARTBEAT_MS) {
          yield ': still here\n\n';
          lastSent = Date.now();
        }
      }
    },
    active: () => running.size,
    async close() {
      const reason = new AppError('stopped', 'The server is restarting. Ask again in a moment.');
      for (const { abort } of running.values()) abort.abort(reason);
      await Promise.all([...running.values()].map(({ done }) => done));
      closing.abort();
    },
  };
}
