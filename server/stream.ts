import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '../library/db.ts';
import { readEvents } from '../library/stream-events.ts';
import { formatEvent } from './format-event.ts';
import { isEnd, type Runs } from './runs.ts';

/** Sends server-sent events; a reader that goes away ends their source. */
function sendEvents(reply: FastifyReply, events: AsyncIterable<string>): FastifyReply {
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache, no-transform')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(events, { objectMode: false, highWaterMark: 16 * 1024 }));
}

/**
 * The stream of an answer or plan, wherever it stands: live, replayed after a reload, or, when its events are gone,
 * just the stored end. 204 tells an EventSource that has seen the end not to connect again.
 */
export async function sendStream(
  deps: { db: Db; runs: Runs },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  stream: { id: string; finished: boolean; end: { kind: string; data: unknown } },
): Promise<FastifyReply> {
  const after = lastEventId(request);
  if (!stream.finished) return sendEvents(reply, deps.runs.follow(stream.id, after));
  const events = await readEvents(deps.db, stream.id, after);
  const last = events.at(-1);
  if (!last && after > 0) return reply.status(204).send();
  // Gone with time, or with the process that should have written it: the stored end stands in.
  if (!last || !isEnd(last.kind)) events.push({ seq: (last?.seq ?? 0) + 1, ...stream.end });
  return sendEvents(reply, Readable.from(events.map(formatEvent)));
}

/** The number of the last event that a reconnecting reader has seen; 0 for a new one. */
function lastEventId(request: FastifyRequest): number {
  const seen = Number(request.headers['last-event-id'] ?? 0);
  return Number.isSafeInteger(seen) && seen >= 0 ? seen : 0;
}
