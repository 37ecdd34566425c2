export interface StreamHandlers<Events> {
  onEvent: <K extends keyof Events & string>(kind: K, data: Events[K]) => void;
  /** `waiting`: the browser reconnects by itself; `closed`: the server ended it without a last event. */
  onTrouble: (state: 'waiting' | 'closed') => void;
}

/**
 * Follows a stream of server-sent events until `last` arrives. The browser resumes with Last-Event-ID by itself; an id
 * that comes twice is dropped, so that a restart of the server repeats nothing.
 * @returns a function that stops following
 */
export function followEvents<Events>(
  url: string,
  kinds: readonly (keyof Events & string)[],
  last: keyof Events & string,
  handlers: StreamHandlers<Events>,
): () => void {
  const source = new EventSource(url);
  const seen = new Set<string>();
  for (const kind of kinds) {
    source.addEventListener(kind, event => {
      if (event.lastEventId !== '' && seen.has(event.lastEventId)) return;
      seen.add(event.lastEventId);
      if (kind === last) source.close();
      handlers.onEvent(kind, JSON.parse(event.data));
    });
  }
  source.onerror = () => handlers.onTrouble(source.readyState === EventSource.CLOSED ? 'closed' : 'waiting');
  return () => source.close();
}
