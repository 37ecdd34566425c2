import type { Db } from './db.ts';

/** One event of an answer or a plan in the making; `seq` counts from 1 within its stream. */
export interface StreamEvent {
  seq: number;
  kind: string;
  data: unknown;
}

/** Stores an event; a stream has one writer, which numbers its events. */
export async function appendEvent(db: Db, streamId: string, event: StreamEvent): Promise<void> {
  await db.query('insert into stream_event (stream_id, seq, kind, data) values ($1, $2, $3, $4)', [
    streamId,
    event.seq,
    event.kind,
    JSON.stringify(event.data),
  ]);
}

/** The events of a stream after `seq`, in order. */
export async function readEvents(db: Db, streamId: string, seq: number): Promise<StreamEvent[]> {
  const { rows } = await db.query<StreamEvent>(
    'select seq, kind, data from stream_event where stream_id = $1 and seq > $2 order by seq',
    [streamId, seq],
  );
  return rows;
}

/** Events serve reloads of the page; a day later the stored message or plan does. */
export async function pruneEvents(db: Db): Promise<void> {
  await db.query("delete from stream_event where created_at < now() - interval '1 day'");
}
