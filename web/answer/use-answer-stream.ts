import { useEffect, useState } from 'react';
import { followEvents } from '../api/event-stream.ts';
import type { AnswerEvents, Citation, Message, Sentence } from '../api/types.ts';

/** An answer in the making, as far as it has come. */
export interface LiveAnswer {
  found: AnswerEvents['search-done'] | null;
  sentences: Sentence[];
  citations: Citation[];
  /** `waiting`: the connection is gone and comes back by itself; `closed`: it will not. */
  trouble: 'waiting' | 'closed' | null;
}

const NOTHING: LiveAnswer = { found: null, sentences: [], citations: [], trouble: null };
const KINDS = ['search-done', 'citation-found', 'sentence', 'answer-end'] as const;

/**
 * Follows the answer while it is written; with null nothing is followed. The server repeats a stream from its
 * beginning to whoever joins late, so a reload loses nothing. `onEnd` gets the finished message.
 */
export function useAnswerStream(
  messageId: string | null,
  attempt: number,
  onEnd: (message: Message) => void,
): LiveAnswer {
  const [live, setLive] = useState(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt follows again; onEnd may change freely
  useEffect(() => {
    setLive(NOTHING);
    if (messageId === null) return;
    return followEvents<AnswerEvents>(`/api/messages/${messageId}/events`, KINDS, 'answer-end', {
      onEvent: (kind, data) => {
        if (kind === 'answer-end') onEnd((data as AnswerEvents['answer-end']).message);
        else setLive(before => withEvent({ ...before, trouble: null }, kind, data));
      },
      onTrouble: trouble => setLive(before => ({ ...before, trouble })),
    });
  }, [messageId, attempt]);
  return live;
}

function withEvent<K extends keyof AnswerEvents>(
  live: LiveAnswer,
  kind: K,
  data: AnswerEvents[K],
): LiveAnswer {
  if (kind === 'search-done') return { ...live, found: data as AnswerEvents['search-done'] };
  if (kind === 'citation-found') return { ...live, citations: [...live.citations, data as Citation] };
  return { ...live, sentences: [...live.sentences, data as Sentence] };
}
