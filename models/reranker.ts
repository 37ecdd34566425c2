import OpenAI from 'openai';
import { z } from 'zod';
import { AppError } from '../library/errors.ts';
import { type Endpoint, toModelError } from './model-errors.ts';
import { NO_KEY } from './openai-chat-model.ts';
import { createSideCircuit } from './side-circuit.ts';

/** What a search waits for a better order at most: cross-encoders read 30 passages in half a second or so. */
const DEADLINE_MS = 2_000;

/** Reads a query together with each document, which tells more than two vectors do. */
export interface Reranker {
  /**
   * Places of `documents`, the most relevant first; those that the model leaves out are not among them.
   * @throws AppError `model-unavailable` (down or late), `model-misbehaved` (an answer that fits no document)
   */
  rank(query: string, documents: string[]): Promise<number[]>;
}

const replySchema = z.object({
  results: z.array(z.object({ index: z.number().int().min(0), relevance_score: z.number() })),
});

/**
 * A reranker behind `POST /rerank` with {model, query, documents, top_n} and {results: [{index, relevance_score}]}, as
 * Jina, Cohere and the servers compatible with them understand it.
 */
export function createReranker(settings: {
  model: string;
  baseUrl: string;
  apiKey: string | undefined;
}): Reranker {
  const { model, apiKey, baseUrl } = settings;
  const endpoint: Endpoint = { kind: 'rerank', model, apiKey, baseUrl };
  // The client of the other endpoints, for its errors and its connections; the path is not OpenAI's.
  const client = new OpenAI({ apiKey: apiKey ?? NO_KEY, baseURL: baseUrl, maxRetries: 0, logLevel: 'off' });
  const call = createSideCircuit(`The rerank model "${model}"`, DEADLINE_MS);
  return {
    rank: (query, documents) =>
      call(async signal => {
        const body = { model, query, documents, top_n: documents.length };
        const reply = await client.post('/rerank', { body, signal }).catch(error => {
          throw toModelError(error, endpoint);
        });
        const parsed = replySchema.safeParse(reply);
        if (!parsed.success) throw misbehaved(model, 'an answer without results');
        const places = parsed.data.results
          .toSorted((a, b) => b.relevance_score - a.relevance_score)
          .map(({ index }) => index);
        if (places.some(place => place >= documents.length) || new Set(places).size < places.length)
          throw misbehaved(model, 'results that are not those of the documents');
        return places;
      }),
  };
}

function misbehaved(model: string, what: string): AppError {
  const message = `The rerank model "${model}" sent ${what}. Check RERANK_MODEL and that RERANK_BASE_URL has a /rerank like Jina's.`;
  return new AppError('model-misbehaved', message);
}
