import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** The body of a request to /chat/completions, /embeddings or /rerank, as far as tests look at it. */
export interface OpenAIRequest {
  path: string;
  authorization: string | undefined;
  model: string;
  messages: { role: string; content: string | null }[];
  stream?: boolean;
  tools?: { function: { name: string } }[];
  tool_choice?: unknown;
  response_format?: { type: string };
  input?: string[];
  encoding_format?: string;
  query?: string;
  documents?: string[];
  top_n?: number;
}

/** How the server answers one request. */
export type OpenAIReply =
  | { text: string; delayMs?: number; finish?: string }
  | { call: { name?: string; args: unknown }; delayMs?: number }
  /** `reset` breaks the connection in the middle of the answer. */
  | { vectors: number[][]; delayMs?: number; reset?: true }
  | { ranking: { index: number; relevance_score: number }[]; delayMs?: number }
  | { status: number; headers?: Record<string, string>; message?: string }
  | { hang: true }
  /** Sends the text, then never anything more. */
  | { text: string; stall: true }
  /** Sends the text, then breaks the connection. */
  | { text: string; reset: true }
  | { raw: string };

export interface OpenAIServer {
  baseUrl: string;
  requests: OpenAIRequest[];
  /** Requests whose client went away before the answer was complete. */
  aborted(): number;
  /** The most requests that were open at one moment. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/**
 * A local server that speaks the OpenAI protocol and answers as `reply` says: chat plain and streamed, tool calls,
 * structured output, usage, embeddings, reranking, and the ways in which endpoints fail.
 */
export async function startOpenAIServer(
  reply: (request: OpenAIRequest, index: number) => OpenAIReply,
): Promise<OpenAIServer> {
  const requests: OpenAIRequest[] = [];
  let aborted = 0;
  let open = 0;
  let mostAtOnce = 0;
  const server = createServer((incoming, outgoing) => {
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    outgoing.on('close', () => {
      open -= 1;
      if (!outgoing.writableFinished) aborted += 1;
    });
    answer(incoming, outgoing).catch((error: Error) => outgoing.destroy(error));
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of incoming) body += piece;
    const request: OpenAIRequest = {
      path: incoming.url ?? '',
      authorization: incoming.headers.authorization,
      ...JSON.parse(body),
    };
    requests.push(request);
    await send(request, reply(request, requests.length - 1), outgoing);
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    aborted: () => aborted,
    mostAtOnce: () => mostAtOnce,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function send(request: OpenAIRequest, reply: OpenAIReply, outgoing: ServerResponse): Promise<void> {
  if ('hang' in reply) return;
  if ('status' in reply) {
    const error = { message: reply.message ?? `status ${reply.status}`, type: 'error', code: null };
    outgoing.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    outgoing.end(JSON.stringify({ error }));
    return;
  }
  if ('vectors' in reply || 'ranking' in reply) {
    await setTimeout(reply.delayMs ?? 0);
    sendNumbers(request, reply, outgoing);
    return;
  }
  if (!request.stream) {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end('raw' in reply ? reply.raw : JSON.stringify(completion(request, reply)));
    return;
  }
  await stream(request, reply, outgoing);
}

function sendNumbers(
  { model }: OpenAIRequest,
  reply: Extract<OpenAIReply, { vectors: unknown } | { ranking: unknown }>,
  outgoing: ServerResponse,
): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  if ('ranking' in reply) {
    outgoing.end(JSON.stringify({ model, results: reply.ranking }));
    return;
  }
  const data = reply.vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  const body = JSON.stringify({ object: 'list', data, model, usage: USAGE });
  if (!reply.reset) outgoing.end(body);
  else outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy());
}

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

type Spoken = Extract<OpenAIReply, { text: string } | { call: unknown }>;

function finishOf(reply: Spoken): string {
  if ('call' in reply) return 'tool_calls';
  return 'finish' in reply && reply.finish ? reply.finish : 'stop';
}

function toolCall(request: OpenAIRequest, call: { name?: string; args: unknown }) {
  const name = call.name ?? request.tools?.at(-1)?.function.name ?? '';
  return {
    index: 0,
    id: 'call-1',
    type: 'function',
    function: { name, arguments: JSON.stringify(call.args) },
  };
}

function completion(request: OpenAIRequest, reply: Spoken) {
  const message =
    'call' in reply
      ? { role: 'assistant', content: null, tool_calls: [toolCall(request, reply.call)] }
      : { role: 'assistant', content: reply.text };
  const choices = [{ index: 0, message, finish_reason: finishOf(reply) }];
  return { id: 'c1', object: 'chat.completion', created: 0, model: request.model, choices, usage: USAGE };
}

async function stream(
  request: OpenAIRequest,
  reply: Spoken | { raw: string },
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  if ('raw' in reply) {
    outgoing.end(reply.raw);
    return;
  }
  const chunk = (delta: object, rest: object = {}) => {
    const choices = [{ index: 0, delta, finish_reason: null, ...rest }];
    const event = { id: 'c1', object: 'chat.completion.chunk', created: 0, model: request.model, choices };
    outgoing.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  // No role in the first piece, as some compatible servers do it.
  if ('call' in reply) {
    await setTimeout(reply.delayMs ?? 0);
    chunk({ tool_calls: [toolCall(request, reply.call)] });
  } else {
    for (const piece of reply.text.match(/[\s\S]{1,6}/gu) ?? []) {
      chunk({ content: piece });
      await setTimeout('delayMs' in reply ? reply.delayMs : 0);
      if (outgoing.destroyed) return;
    }
    if ('stall' in reply) return;
    if ('reset' in reply) {
      outgoing.destroy();
      return;
    }
  }
  chunk({}, { finish_reason: finishOf(reply) });
  outgoing.write(
    `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', choices: [], usage: USAGE })}\n\n`,
  );
  outgoing.end('data: [DONE]\n\n');
}
