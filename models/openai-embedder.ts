import { DelegateBackoff, handleWhen, type IRetryBackoffContext, retry } from 'cockatiel';
import OpenAI from 'openai';
import { AppError } from '../library/errors.ts';
import type { Embedder } from './embedder.ts';
import { type Endpoint, isPassing, toModelError } from './model-errors.ts';
import { NO_KEY, OPENAI_URL } from './openai-chat-model.ts';

/** Raise whenever texts are sent in another form, for vectors of two forms cannot be compared. */
export const ENDPOINT_PREPROCESSING = '1';
/** Texts a request: some 60,000 tokens of full passages, below the limits of the known endpoints. */
const BATCH = 64;
const TIMEOUT_MS = 60_000;
/** Ingestion waits out a busy endpoint for about half a minute; a search gives up with its signal. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** An endpoint that asks for more than this in `Retry-After` is asked again all the same. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Where an embedding model is asked. */
export interface EmbeddingEndpoint {
  model: string;
  baseUrl: string | undefined;
  apiKey: string | undefined;
}

/**
 * An embedder behind an OpenAI-compatible /embeddings, of which one text is embedded to learn the dimension.
 * @throws AppError `model-unavailable`, `model-misbehaved` for vectors of the wrong number, length or content
 */
export async function probeOpenAIEmbedder(settings: EmbeddingEndpoint): Promise<Embedder> {
  const [probe] = await createOpenAIEmbedder(settings, undefined).embed(['dimension']);
  return createOpenAIEmbedder(settings, probe!.length);
}

/** The same when the dimension is known: nothing is asked before the first text. Vectors of another are an error. */
export function createOpenAIEmbedder(settings: EmbeddingEndpoint, dimensions: number | undefined): Embedder {
  const { model, apiKey } = settings;
  const endpoint: Endpoint = { kind: 'embedding', model, apiKey, baseUrl: settings.baseUrl ?? OPENAI_URL };
  const client = new OpenAI({
    apiKey: apiKey ?? NO_KEY,
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    logLevel: 'off',
  });

  async function request(
    input: string[],
    signal: AbortSignal | undefined,
    attempts: number,
  ): Promise<number[][]> {
    const patience = retry(handleWhen(isPassing), {
      maxAttempts: attempts - 1,
      backoff: new DelegateBackoff(pauseAfter),
    });
    try {
      // The default, base64, is not understood by every compatible server.
      const body = { model, input, encoding_format: 'float' as const };
      // The pause between two attempts does not listen to a signal.
      const reply = await untilAborted(signal, own =>
        patience.execute(({ signal: attempt }) => client.embeddings.create(body, { signal: attempt }), own),
      );
      return reply.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    } catch (error) {
      throw signal?.aborted
        ? new AppError('stopped', 'The request to the model was stopped.')
        : toModelError(error, endpoint);
    }
  }

  async function embedBatch(input: string[], signal: AbortSignal | undefined, attempts: number) {
    const vectors = await request(input, signal, attempts);
    if (vectors.length !== input.length)
      throw misbehaved(model, `${vectors.length} vectors for ${input.length} texts`);
    return vectors.map(vector => {
      if (dimensions !== undefined && vector.length !== dimensions)
        throw misbehaved(model, `a vector of ${vector.length} dimensions instead of ${dimensions}`);
      if (vector.length === 0 || !vector.every(Number.isFinite))
        throw misbehaved(model, 'a vector that has no numbers');
      return unitVector(vector);
    });
  }

  return {
    space: { model, dimensions: dimensions ?? 0, preprocessing: ENDPOINT_PREPROCESSING },
    async embed(texts, signal, attempts = ATTEMPTS) {
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions ?? 0));
      // An empty text is rejected by endpoints; it stays all zero.
      const filled = [...texts.keys()].filter(i => texts[i]!.trim() !== '');
      for (let from = 0; from < filled.length; from += BATCH) {
        const places = filled.slice(from, from + BATCH);
        const batch = await embedBatch(
          places.map(i => texts[i]!),
          signal,
          attempts,
        );
        for (const [j, i] of places.entries()) vectors[i] = batch[j]!;
      }
      return vectors;
    },
  };
}

/** What the endpoint asks for, else twice as long each time; the random part keeps workers from coming back together. */
function pauseAfter({ attempt, result }: IRetryBackoffContext<unknown>): number {
  const { headers } = ('error' in result ? result.error : {}) as { headers?: Headers };
  const wish = headers?.get?.('retry-after') ?? null;
  // Seconds or a date.
  const wishMs =
    wish === null
      ? Number.NaN
      : Number.isNaN(Number(wish))
        ? Date.parse(wish) - Date.now()
        : Number(wish) * 1000;
  if (wishMs >= 0) return Math.min(wishMs, LONGEST_RETRY_AFTER_MS);
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
}

/**
 * What `work` gives, or the reason of `signal` as soon as that is aborted. The work gets a signal of its own: clients
 * never take back what they hang on one, and the caller's may live as long as the process.
 */
function untilAborted<T>(
  signal: AbortSignal | undefined,
  work: (own: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  return new Promise((resolve, reject) => {
    const stop = () => {
      own.abort(signal?.reason);
      reject(signal?.reason);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    work(own.signal)
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', stop));
  });
}

/** Scaled to length 1, so that a dot product is a cosine; all zero stays so. */
function unitVector(vector: number[]): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, value => value / length);
}

function misbehaved(model: string, what: string): AppError {
  const message = `The embedding model "${model}" sent ${what}. Check EMBEDDING_MODEL and that its endpoint is OpenAI-compatible.`;
  return new AppError('model-misbehaved', message);
}
