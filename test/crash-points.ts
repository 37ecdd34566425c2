import { setTimeout as pause } from 'node:timers/promises';
import type { FileReader } from '../ingestion/file-reader.ts';
import type { Database, Db } from '../library/db.ts';
import type { FileStore } from '../library/files.ts';
import type { IngestionQueue } from '../library/jobs.ts';

/** Where a process can be hit on the way of a file into the library. */
export const CRASH_POINTS = [
  'file kept, not recorded',
  'recorded, not accepted',
  'accepted, not rung',
  'taken',
  'in the middle of reading',
  'read, not stored',
  'parts accepted, not rung',
  'between groups',
  'during finish',
  'during retry',
  'during cancel',
  'the queue forgotten',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Told that a point is reached; does not return where it is the one. */
export type At = (point: CrashPoint) => Promise<void>;

/** Statements that lead to a point; the point is right after the statement, within its transaction. */
const AFTER: [RegExp, CrashPoint][] = [
  [/^insert into public\.file/, 'recorded, not accepted'],
  [/^update public\.ingestion_batch b\s+set state = 'taken'/, 'taken'],
  [/^update public\.ingestion_batch set state = 'done', lease_until = null, finished_at/, 'during finish'],
  [/^with again as/, 'during retry'],
  [/^update public\.ingestion_run set state = 'cancelled'/, 'during cancel'],
];

function watchDb(db: Db, at: At): Db {
  return {
    async query(text, values) {
      const result = await db.query(text, values);
      for (const [statement, point] of AFTER) if (statement.test(text)) await at(point);
      return result;
    },
  };
}

/** The database, which tells the points that lie at a statement, and after a commit that stored a group. */
export function watchDatabase(database: Database, at: At): Database {
  return {
    ...database,
    db: watchDb(database.db, at),
    async transaction(work) {
      let isGroup = false;
      const result = await database.transaction(db =>
        work({
          query: (text, values) => {
            isGroup ||= text.startsWith('update public.ingestion_item item set state = new.state');
            return watchDb(db, at).query(text, values);
          },
        }),
      );
      if (isGroup) await at('between groups');
      return result;
    },
  };
}

export function watchFiles(files: FileStore, at: At): FileStore {
  return {
    ...files,
    async put(source, limit) {
      const kept = await files.put(source, limit);
      await at('file kept, not recorded');
      return kept;
    },
  };
}

export function watchQueue(queue: IngestionQueue, at: At, point: CrashPoint): IngestionQueue {
  return {
    ...queue,
    async ring(rings) {
      if (rings.length > 0) await at(point);
      return queue.ring(rings);
    },
  };
}

export function watchReader(reader: FileReader, at: At): FileReader {
  return {
    ...reader,
    async read(request, signal) {
      const reading = reader.read(request, signal);
      await Promise.race([reading.catch(() => undefined), pause(5)]);
      await at('in the middle of reading');
      const content = await reading;
      await at('read, not stored');
      return content;
    },
  };
}
