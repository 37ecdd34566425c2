import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import OpenAI from 'openai';
import { AppError } from '../library/errors.ts';
import type { Embedder } from './embedder.ts';
import { type Endpoint, isPassing, toModelError } from './model-errors.ts';
import { NO_KEY, OPENAI_URL } from './openai-chat-model.ts';

/** Raise whenever texts are sent in another form, for vectors of two forms cannot be compared. */
const PREPROCESSING = '1';
/** Texts a request: some 60,000 tokens of full passages, below the limits of the known endpoints. */
const BATCH = 64;
const TIMEOUT_MS = 60_000;
/** Ingestion waits out a busy endpoint for about half a minute; a search gives up with its signal. */
const ATTEMPTS = 4;
const BACKOFF = { initialDelay: 500, maxDelay: 15_000 };

/**
 * An embedder behind an OpenAI-compatible /embeddings. One text is embedded at once, to learn the dimension.
 * @throws AppError `model-unavailable`, `model-misbehaved` for vectors of the wrong number, length or content
 */
export async function createOpenAIEmbedder(settings: {
  model: string;
  baseUrl: string | undefined;
  apiKey: string | undefined;
}): Promise<Embedder> {
  const { model, apiKey } = settings;
  const endpoint: Endpoint = { kind: 'embedding', model, apiKey, baseUrl: settings.baseUrl ?? OPENAI_URL };
  const client = new OpenAI({
    apiKey: apiKey ?? NO_KEY,
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    logLevel: 'off',
  });
  const patience = retry(handleWhen(isPassing), {
    maxAttempts: ATTEMPTS - 1,
    backoff: new ExponentialBackoff(BACKOFF),
  });

  async function request(input: string[], signal: AbortSignal | undefined): Promise<number[][]> {
    try {
      // The default, base64, is not understood by every compatible server.
      const body = { model, input, encoding_format: 'float' as const };
      const reply = await patience.execute(
        ({ signal: attempt }) => client.embeddings.create(body, { signal: attempt }),
        signal,
      );
      return reply.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    } catch (error) {
      throw signal?.aborted
        ? new AppError('stopped', 'The request to the model was stopped.')
        : toModelError(error, endpoint);
    }
  }

  async function embedBatch(input: string[], length: number | undefined, signal?: AbortSignal) {
    const vectors = await request(input, signal);
    if (vectors.length !== input.length)
      throw misbehaved(model, `${vectors.length} vectors for ${input.length} texts`);
    return vectors.map(vector => {
      if (length !== undefined && vector.length !== length)
        throw misbehaved(model, `a vector of ${vector.length} dimensions instead of ${length}`);
      if (vector.length === 0 || !vector.every(Number.isFinite))
        throw misbehaved(model, 'a vector that has no numbers');
      return unitVector(vector);
    });
  }

  const [probe] = await embedBatch(['dimension'], undefined);
  const dimensions = probe!.length;
  return {
    space: { model, dimensions, preprocessing: PREPROCESSING },
    async embed(texts, signal) {
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
      // An empty text is rejected by endpoints; it stays all zero.
      const filled = [...texts.keys()].filter(i => texts[i]!.trim() !== '');
      for (let from = 0; from < filled.length; from += BATCH) {
        const places = filled.slice(from, from + BATCH);
        const batch = await embedBatch(
          places.map(i => texts[i]!),
          dimensions,
          signal,
        );
        for (const [j, i] of places.entries()) vectors[i] = batch[j]!;
      }
      return vectors;
    },
  };
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
