import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeldModel {
  /** To be given as OPENAI_BASE_URL. */
  url: string;
  /** Resolves when the product has asked the model. */
  asked: Promise<void>;
  /** Resolves when somebody waits for it. */
  waits(): Promise<void>;
  /** Begins the answer to all that waits, and goes no further. */
  begin(text: string): void;
  /** Answers one of those that wait, and no more. */
  releaseOne(text: string): void;
  /** Answers what waits and what will come, with `text`. */
  release(text: string): void;
  /** Says nothing again, until the next `release`. */
  hold(): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible model that says nothing until it is told to: for what happens while an answer is written. */
export async function startHeldModel(): Promise<HeldModel> {
  const waiting: ServerResponse[] = [];
  let text: string | undefined;
  let noteAsked: (() => void) | undefined;
  const asked = new Promise<void>(resolve => {
    noteAsked = resolve;
  });
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      noteAsked?.();
      if (text !== undefined) return reply(response, text);
      waiting.push(response);
      response.once('close', () => {
        const place = waiting.indexOf(response);
        if (place >= 0) waiting.splice(place, 1);
      });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    async waits() {
      while (waiting.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    },
    begin(beginning) {
      for (const response of waiting) write(response, beginning);
    },
    releaseOne(answer) {
      const response = waiting.shift();
      if (!response) throw new Error('Nobody waits for the model.');
      reply(response, answer);
    },
    release(answer) {
      text = answer;
      for (const response of waiting.splice(0)) reply(response, answer);
    },
    hold() {
      text = undefined;
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

const chunk = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({
    id: 'held',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'held',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;

function write(response: ServerResponse, text: string): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: text }, null));
}

function reply(response: ServerResponse, text: string): void {
  write(response, text);
  response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}
