import { BrokenCircuitError } from 'cockatiel';
import { AppError, messageOf } from '../library/errors.ts';

/** Where a model is asked, for messages. The key is known only so that it can be taken out of them. */
export interface Endpoint {
  kind: 'chat' | 'embedding' | 'rerank';
  model: string;
  baseUrl: string;
  apiKey: string | undefined;
}

/** The settings that people can check, by kind of model. */
const SETTINGS = {
  chat: { key: 'OPENAI_API_KEY', model: 'CHAT_MODEL', url: 'OPENAI_BASE_URL' },
  embedding: {
    key: 'EMBEDDING_API_KEY or OPENAI_API_KEY',
    model: 'EMBEDDING_MODEL',
    url: 'EMBEDDING_BASE_URL or OPENAI_BASE_URL',
  },
  rerank: { key: 'RERANK_API_KEY', model: 'RERANK_MODEL', url: 'RERANK_BASE_URL' },
};

/**
 * Anything that a model client threw, as an AppError: `stopped` when the caller gave up, `model-misbehaved` for an answer
 * that cannot be read, `model-unavailable` for the rest. The message names model and host and says what to do;
 * `details.status` is the HTTP status, where there was one.
 */
export function toModelError(error: unknown, endpoint: Endpoint): AppError {
  if (error instanceof AppError) return error;
  if (isAbort(error)) return new AppError('stopped', 'The request to the model was stopped.');
  const status = statusOf(error);
  const options = { cause: withoutKey(error, endpoint), details: { status } };
  const name = `The model "${endpoint.model}" at ${hostOf(endpoint.baseUrl)}`;
  if (status === undefined && isUnreadable(error)) {
    const advice = 'sent an answer that cannot be read. Check that the endpoint is OpenAI-compatible';
    return new AppError('model-misbehaved', `${name} ${advice}.`, options);
  }
  const advice =
    status === undefined ? adviceOnBreak(error, endpoint) : adviceOnStatus(status, error, endpoint);
  return new AppError('model-unavailable', `${name} ${advice}.`, options);
}

/** What an HTTP status of an OpenAI-compatible endpoint means, and what to do about it. */
function adviceOnStatus(status: number, error: unknown, endpoint: Endpoint): string {
  const { key, model, url } = SETTINGS[endpoint.kind];
  const advice: Record<number, string> = {
    401: `refused the key. Check ${key}`,
    402: 'wants payment. Check the account of the provider',
    403: `does not allow this key to use the model. Check the rights of ${key}`,
    404: `does not know the model or the path. Check ${model} and ${url}`,
    429: 'is limiting requests. Wait a moment, or raise the limit with the provider',
  };
  const known = advice[status] ?? (status >= 500 ? 'failed on its side. Try again later' : undefined);
  if (known) return `${known} (HTTP ${status})`;
  return `rejected the request (HTTP ${status}): ${cleaned(messageOf(error), endpoint)}`;
}

function adviceOnBreak(error: unknown, endpoint: Endpoint): string {
  if (error instanceof BrokenCircuitError)
    return 'failed several times in a row and is left alone for some seconds. Ask again shortly';
  if (/timed? ?out/iu.test(chainOf(error)))
    return 'did not answer in time. Try again, or choose a faster one';
  if (/terminated|aborted|socket hang up|ECONNRESET|premature/iu.test(chainOf(error)))
    return 'broke off in the middle of its answer. Ask again';
  return `cannot be reached. Check ${SETTINGS[endpoint.kind].url} and the network`;
}

/** Whether a further attempt may help: the endpoint was busy, failing or not there, not wrong about us. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.details?.passing === true;
  if (isAbort(error) || error instanceof BrokenCircuitError) return false;
  const status = statusOf(error);
  return status === undefined ? !isUnreadable(error) : status === 408 || status === 429 || status >= 500;
}

function isUnreadable(error: unknown): boolean {
  return error instanceof SyntaxError || /\bJSON\b|Unexpected token/u.test(messageOf(error));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (/Abort/u.test(error.name) || error.message === 'AbortError');
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : undefined;
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'an address that is no URL';
}

/** The message of an error and of its causes: undici hides what happened one or two causes deep. */
function chainOf(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error && parts.length < 5; at = at.cause) {
    parts.push(`${at.message} ${(at as { code?: string }).code ?? ''}`);
  }
  return parts.join(' ');
}

/** The first line of what the endpoint said, without the key and anything that looks like one. */
function cleaned(message: string, { apiKey }: Endpoint): string {
  const [line = ''] = message.split('\n');
  const bare = apiKey ? line.replaceAll(apiKey, '…') : line;
  return bare.replace(/\b(?:sk|key|Bearer)[-_ ][\w*-]{6,}/giu, '…').slice(0, 300);
}

/** A cause for the log: the text only, since clients hang request headers, and with them the key, on their errors. */
function withoutKey(error: unknown, endpoint: Endpoint): Error {
  return new Error(cleaned(chainOf(error) || messageOf(error), endpoint));
}
