import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeldModel {
  /** To be given as OPENAI_BASE_URL. */
  url: string;
  /** Resolves when the product has asked the model. */
  asked: Promise<void>;
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
      if (text === undefined) waiting.push(response);
      else reply(response, text);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
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

function reply(response: ServerResponse, text: string): void {
  const chunk = (delta: object, finish: string | null) =>
    `data: ${JSON.stringify({
      id: 'held',
      object: 'chat.completion.chunk',
      created: 0,
      model: 'held',
      choices: [{ index: 0, delta, finish_reason: finish }],
    })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: text }, null));
  response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}
