import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A local web server whose answers a test sets by path; what it does not know is 404. */
export interface WebServer {
  /** Under the name "localhost", which a fetcher must be allowed. */
  origin: string;
  answers: Record<string, Answer | string | Buffer>;
  /** Paths with queries, as they were asked for. */
  asked: string[];
  close(): Promise<void>;
}

export async function startWebServer(): Promise<WebServer> {
  const answers: WebServer['answers'] = {};
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    asked.push(request.url!);
    const answer = answers[url.pathname];
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'function') answer(request, response);
    else response.writeHead(200, { 'content-type': typeOf(url.pathname) }).end(answer);
  });
  await new Promise<void>(resolve => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    answers,
    asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function typeOf(path: string): string {
  if (path.endsWith('.xml') || path === '/oai') return 'text/xml';
  if (path.endsWith('.pdf')) return 'application/pdf';
  if (path.endsWith('.jsonl')) return 'application/x-ndjson';
  return path === '/robots.txt' ? 'text/plain' : 'text/html; charset=utf-8';
}
