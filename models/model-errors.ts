import { BrokenCircuitError } from 'cockatiel';
import { AppError, messageOf } from '../library/errors.ts';

/** Where a model is asked, for messages. The key is known only so that it can be taken out of them. */
export interface Endpoint {
  model: string;
  baseUrl: string;
  apiKey: string | undefined;
}

/** What an HTTP status of an OpenAI-compatible endpoint means, and what to do about it. */
const STATUS_ADVICE: Record<number, string> = {
  401: 'refused the key. Check OPENAI_API_KEY',
  402: 'wants payment. Check the account of the provider',
  403: 'does not allow this key to use the model. Check the rights of OPENAI_API_KEY',
  404: 'does not know the model or the path. Check CHAT_MODEL and OPENAI_BASE_URL',
  429: 'is limiting requests. Wait a moment, or raise the limit with the provider',
};

/**
 * Anything that a model client threw, as an AppError: `stopped` when the caller gave up, `model-misbehaved` for an answer
 * that cannot be read, `model-unavailable` for the rest. The message names model and host and says what to do.
 */
export function toModelError(error: unknown, endpoint: Endpoint): AppError {
  if (error instanceof AppError) return error;
  const name = `The model "${endpoint.model}" at ${hostOf(endpoint.baseUrl)}`;
  const say = (text: string) =>
    new AppError('model-unavailable', `${name} ${text}.`, {
      cause: withoutKey(error, endpoint),
      details: { status: statusOf(error) },
    });

  if (error instanceof BrokenCircuitError)
    return say('failed several times in a row and is left alone for some seconds. Ask again shortly');
  if (isAbort(error)) return new AppError('stopped', 'The request to the model was stopped.');
  const status = statusOf(error);
  if (status !== undefined) {
    const advice =
      STATUS_ADVICE[status] ?? (status >= 500 ? 'failed on its side. Try again later' : undefined);
    if (advice) return say(`${advice} (HTTP ${status})`);
    return say(`rejected the request (HTTP ${status}): ${cleaned(messageOf(error), endpoint)}`);
  }
  if (error instanceof SyntaxError || /JSON|Unexpected token/u.test(messageOf(error))) {
    const message = `${name} sent an answer that cannot be read. Check that the endpoint is OpenAI-compatible.`;
    return new AppError('model-misbehaved', message, { cause: withoutKey(error, endpoint) });
  }
  if (/terminated|aborted|socket hang up|ECONNRESET|premature/iu.test(chainOf(error)))
    return say('broke off in the middle of its answer. Ask again');
  return say('cannot be reached. Check OPENAI_BASE_URL and the network');
}

/** Whether a further attempt may help: the endpoint was busy, failing or not there, not wrong about us. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.details?.passing === true;
  if (isAbort(error) || error instanceof BrokenCircuitError) return false;
  const status = statusOf(error);
  return status === undefined
    ? !(error instanceof SyntaxError)
    : status === 408 || status === 429 || status >= 500;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.message === 'AbortError');
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
