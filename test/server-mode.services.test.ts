import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../library/db.ts';
import { createServerDatabase, dropServerDatabase } from '../library/testing/server-database.ts';
import { freshRedisUrl } from '../library/testing/test-queue.ts';
import { expectInvariants } from './invariants.ts';
import { endProcess, runZhujiao, startZhujiao, waitFor, type ZhujiaoProcess } from './zhujiao-process.ts';

const SERVER = process.env.TEST_DATABASE_URL!;
const SAMPLES = ['zh', 'en'].map(language =>
  fileURLToPath(new URL(`../samples/${language}`, import.meta.url)),
);

/** A server, and where it listens. */
interface Server extends ZhujiaoProcess {
  url: string;
}

let folder: string;
let env: Record<string, string>;
let worker: ZhujiaoProcess;
const servers: Server[] = [];

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function startServer(): Promise<Server> {
  const port = await findFreePort();
  const started = startZhujiao(['serve', '--port', `${port}`], env);
  const server = { ...started, url: `http://127.0.0.1:${port}` };
  servers.push(server);
  const ready = waitFor(`the server on ${port} is ready`, 60, async () => {
    const reply = await fetch(`${server.url}/health/ready`).catch(() => undefined);
    return reply?.ok ? true : undefined;
  });
  const died = started.ended.then(({ stderr, stdout }) => {
    throw new Error(`The server ended before it was ready:\n${stdout}\n${stderr}`);
  });
  await Promise.race([ready, died]);
  died.catch(() => undefined);
  return server;
}

/** Ids that a search over HTTP finds, best first. */
async function search({ url }: Server, query: string): Promise<string[]> {
  const reply = await fetch(`${url}/api/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  expect(reply.status).toBe(200);
  const { results } = (await reply.json()) as { results: { resourceId: string }[] };
  return results.map(({ resourceId }) => resourceId);
}

async function signIn({ url }: Server, username: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  expect(reply.status).toBe(200);
  return reply.headers.getSetCookie()[0]!.split(';')[0]!;
}

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/zhujiao-server-mode-`);
  env = {
    DATABASE_URL: await createServerDatabase(SERVER),
    REDIS_URL: (await freshRedisUrl())!,
    ZHUJIAO_DATA_DIR: `${folder}/data`,
  };
});
afterAll(async () => {
  for (const process of [...servers, worker]) process?.child.kill('SIGKILL');
  await dropServerDatabase(SERVER, env.DATABASE_URL!);
  await rm(folder, { recursive: true, force: true });
});

/** The story of an operator: each step stands on the one before. */
describe('with servers and a worker as processes of their own', () => {
  let first: Server;
  let second: Server;

  it('migrates an empty database once, and a second time does nothing', async () => {
    const { migrations } = JSON.parse(await runZhujiao(['migrate', '--json'], env));
    expect(migrations.length).toBeGreaterThan(3);
    expect(JSON.parse(await runZhujiao(['migrate', '--json'], env))).toEqual({ migrations: [] });
  });

  it('starts two servers on an empty library, and a worker', async () => {
    worker = startZhujiao(['work'], env);
    [first, second] = await Promise.all([startServer(), startServer()]);
    expect(await search(first, '光合作用')).toEqual([]);
  });

  it('ingests the samples by the command line, through the worker', async () => {
    const summary = JSON.parse(await runZhujiao(['ingest', ...SAMPLES, '--json'], env));
    expect(summary).toMatchObject({ state: 'done', added: 160, failed: 0 });
    const again = JSON.parse(await runZhujiao(['ingest', ...SAMPLES, '--json'], env));
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 160 });
  });

  it('finds them over HTTP, on either server', async () => {
    for (const server of [first, second]) {
      expect((await search(server, '勾股定理'))[0]).toBe('zh/pythagoras');
      expect((await search(server, 'binary search in a sorted list'))[0]).toBe('en/binary-search');
    }
  });

  it('answers a signed-in learner over a stream, with citations of what is there', async () => {
    const account = JSON.parse(await runZhujiao(['user', 'add', 'li', '--role', 'learner', '--json'], env));
    const cookie = await signIn(first, 'li', account.password);
    const asked = await fetch(`${first.url}/api/conversations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ question: '勾股定理说的是什么？' }),
    });
    expect(asked.status).toBe(202);
    const { messageId } = (await asked.json()) as { messageId: string };
    // The other server, so that nothing of the answer may live in one process only.
    const stream = await fetch(`${second.url}/api/messages/${messageId}/events`, { headers: { cookie } });
    const events = (await stream.text()).split('\n\n').filter(event => event.includes('data:'));
    const end = events.find(event => event.includes('event: answer-end'));
    const { message } = JSON.parse(end!.match(/^data: ?(.*)$/m)![1]!);
    expect(message.answer.outcome).toBe('answered');
    expect(message.answer.citations[0].resourceId).toBe('zh/pythagoras');
  });

  it('shows a new resource on every server within two seconds of its commit', async () => {
    const text = 'The quokka is a small marsupial of Rottnest Island that seems to smile.';
    await mkdir(`${folder}/new`);
    await writeFile(
      `${folder}/new/one.jsonl`,
      `${JSON.stringify({ id: 'new/quokka', title: 'Quokkas', language: 'en', text })}\n`,
    );
    const database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: '' });
    const isCommitted = async () => {
      const { rowCount } = await database.db.query(
        `select from resource where id = 'new/quokka' and live_version is not null`,
      );
      return rowCount ? true : undefined;
    };
    const isFound = async (server: Server) =>
      (await search(server, 'quokka marsupial')).includes('new/quokka') ? true : undefined;
    const seen = async () => {
      await waitFor('the resource is committed', 30, isCommitted);
      const committed = performance.now();
      await Promise.all(
        [first, second].map(server => waitFor('the resource is found', 10, () => isFound(server))),
      );
      return performance.now() - committed;
    };
    const [milliseconds] = await Promise.all([
      seen(),
      runZhujiao(['ingest', `${folder}/new`, '--json'], env),
    ]);
    expect(milliseconds).toBeLessThan(2_000);
    await database.close();
  });

  it('takes a withdrawn resource out of the answers of every server at once', async () => {
    await runZhujiao(['withdraw', 'new/quokka'], env);
    for (const server of [first, second]) {
      expect(await search(server, 'quokka marsupial')).not.toContain('new/quokka');
    }
  });

  it('keeps answering when Redis has forgotten everything', async () => {
    const redis = new Redis(env.REDIS_URL!);
    await redis.flushdb();
    redis.disconnect();
    expect((await search(first, '勾股定理'))[0]).toBe('zh/pythagoras');
  });

  it('ends every process cleanly within seconds of SIGTERM', async () => {
    for (const process of [first, second, worker]) {
      const { code, milliseconds } = await endProcess(process, 'SIGTERM');
      expect(code).toBe(0);
      expect(milliseconds).toBeLessThan(5_000);
    }
    const database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: '' });
    await expectInvariants(database.db, { atRest: true });
    await database.close();
  });
});
