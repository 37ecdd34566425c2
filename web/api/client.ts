/**
 * Why a request failed: the server's code, or `unreachable` when there was no answer at all. `details` names what in the
 * request is at fault, where the server can tell.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, status: number, said: ErrorBody = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.requestId = said.requestId;
    this.details = said.details ?? {};
  }
}

interface ErrorBody {
  code?: string;
  message?: string;
  requestId?: string;
  details?: Record<string, unknown>;
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * One request to the API; the reply is what server/api.ts promises for the route.
 * @throws ApiError
 */
export async function callApi<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, signal } = options;
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError('unreachable', 'The server did not answer.', 0);
  });
  const text = await response.text();
  const reply = parseJson(text);
  if (!response.ok) throw errorOf(reply, response.status);
  return reply as T;
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined; // a proxy's HTML page: the status says the rest
  }
}

/** What a reply that is no success says. */
export function errorOf(reply: unknown, status: number): ApiError {
  const error = (reply as { error?: ErrorBody })?.error;
  const code = error?.code ?? (status >= 502 ? 'unreachable' : 'unknown');
  return new ApiError(code, error?.message ?? `HTTP ${status}`, status, error);
}
