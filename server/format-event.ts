import type { StreamEvent } from '../library/stream-events.ts';

/** One event in the wire format of server-sent events (WHATWG HTML, section 9.2). */
export function formatEvent({ seq, kind, data }: StreamEvent): string {
  return `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
