import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../library/db.ts';
import { hashedVector } from '../models/testing/hashed-vectors.ts';
import { type OpenAIServer, startOpenAIServer } from '../models/testing/openai-server.ts';
import { writeLibrary } from './generated-library.ts';
import { expectInvariants } from './invariants.ts';
import { endProcess, runZhujiao, startZhujiao, waitFor, type ZhujiaoProcess } from './zhujiao-process.ts';

const RESOURCES = 300;
/** Many processes start one after the other; each may take seconds beside other tests. */
const PATIENCE_MS = 240_000;
/** The endpoint takes its time, so that there is a middle of the work to be killed in. */
const DELAY_MS = 150;

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** The story of an operator who changes the embedding model, with processes of their own; `place` says where the library is. */
export function tellReembedding(
  place: () => Promise<Record<string, string>>,
  leave: (env: Record<string, string>) => Promise<void>,
): void {
  let folder: string;
  let endpoint: OpenAIServer;
  let offline: Record<string, string>;
  let env: Record<string, string>;
  let server: ZhujiaoProcess;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(`${tmpdir()}/zhujiao-reembed-`);
    await writeLibrary(`${folder}/library`, RESOURCES);
    await writeLibrary(`${folder}/more`, RESOURCES + 60);
    endpoint = await startOpenAIServer(({ input, model }) => ({
      vectors: input!.map(text => hashedVector(text, model)),
      delayMs: DELAY_MS,
    }));
    offline = { ZHUJIAO_DATA_DIR: `${folder}/data`, ...(await place()) };
    env = { ...offline, EMBEDDING_MODEL: 'first', EMBEDDING_BASE_URL: endpoint.baseUrl };
    await runZhujiao(['migrate'], offline);
    await runZhujiao(['ingest', `${folder}/library`, '--json'], offline);
  }, PATIENCE_MS);
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await endpoint.close();
    await leave(offline);
    await rm(folder, { recursive: true, force: true });
  });

  const reembed = async (flags: string[], settings = env) =>
    JSON.parse(await runZhujiao(['reembed', '--json', ...flags], settings));
  const embeddingModel = async (): Promise<string> => {
    const session = (await (await fetch(`${url}/api/session`)).json()) as { mode: { embedding: string } };
    return session.mode.embedding;
  };
  async function search(query: string): Promise<string[]> {
    const reply = await fetch(`${url}/api/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, limit: 10 }),
    });
    expect(reply.status).toBe(200);
    const { results } = (await reply.json()) as { results: { resourceId: string }[] };
    return results.map(({ resourceId }) => resourceId);
  }

  describe('an operator who changes the embedding model', () => {
    it(
      'kills the build in the middle, runs it again, and pays for little twice',
      async () => {
        const { passages, tokens } = await reembed(['--estimate']);
        expect(passages).toBeGreaterThan(RESOURCES);
        expect(tokens).toBeGreaterThan(passages);
        const build = startZhujiao(['reembed', '--json'], env);
        await waitFor('the build is under way', 150, async () =>
          endpoint.requests.length > 6 ? true : undefined,
        );
        expect((await endProcess(build, 'SIGKILL')).code).toBeNull();

        const before = new Set(endpoint.requests.flatMap(({ input }) => input!));
        const sent = endpoint.requests.length;
        expect(before.size).toBeLessThan(passages);
        const { embedded } = await reembed([]);
        expect(embedded).toBeLessThan(passages);
        const again = endpoint.requests.slice(sent).flatMap(({ input }) => input!);
        // What was on its way when the process died: four requests at most; and the sample of the check.
        expect(again.filter(text => before.has(text)).length).toBeLessThanOrEqual(4 * 64 + 32 + 2);
        expect(await reembed([])).toMatchObject({ isLive: true });
      },
      PATIENCE_MS,
    );

    it(
      'goes back and forth under a running server',
      async () => {
        const port = await findFreePort();
        url = `http://127.0.0.1:${port}`;
        server = startZhujiao(['serve', '--no-samples', '--port', `${port}`], env);
        await waitFor('the server is ready', 150, async () =>
          (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok ? true : undefined,
        );
        expect(await embeddingModel()).toBe('first');
        expect(await search('分数')).toHaveLength(10);
        await reembed(['--rollback']);
        await waitFor('the server has followed', 20, async () =>
          (await embeddingModel()) === 'zhujiao-hashed' ? true : undefined,
        );
        const sent = endpoint.requests.length;
        expect(await search('化学平衡')).toHaveLength(10);
        expect(endpoint.requests).toHaveLength(sent);
      },
      PATIENCE_MS,
    );

    it(
      'builds a third space while people search and resources come in, and nobody finds less',
      async () => {
        const found: number[] = [];
        const over = new AbortController();
        const searching = (async () => {
          while (!over.signal.aborted) {
            found.push((await search(found.length % 2 ? 'chemical equilibrium' : '分数')).length);
            await pause(30);
          }
        })();
        // It is awaited at the end; a failure must not count as one that nobody handles until then.
        searching.catch(() => undefined);
        const [built, { added }] = await Promise.all([
          reembed([], { ...env, EMBEDDING_MODEL: 'second' }),
          runZhujiao(['ingest', `${folder}/more`, '--json'], env).then(text => JSON.parse(text)),
        ]);
        await waitFor('the server has followed', 20, async () =>
          (await embeddingModel()) === 'second' ? true : undefined,
        );
        over.abort();
        await searching;
        expect(built.space.model).toBe('second');
        expect(added).toBe(60);
        expect(found.length).toBeGreaterThan(10);
        expect(found.filter(n => n < 10)).toEqual([]);
      },
      PATIENCE_MS,
    );

    it('still finds by words when the endpoint is gone', async () => {
      await endpoint.close();
      for (let i = 0; i < 10; i++) expect(await search('fractions')).toHaveLength(10);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(/searches_without_part_total\{part="embedding"\} ([1-9]|1\d)\n/);
    });

    it(
      'leaves a library in which everything fits together',
      async () => {
        expect((await endProcess(server, 'SIGTERM')).code).toBe(0);
        const database = await openDatabase({
          databaseUrl: offline.DATABASE_URL,
          dataDir: offline.ZHUJIAO_DATA_DIR!,
        });
        try {
          await expectInvariants(database.db, { atRest: true });
          const { rows } = await database.db.query('select model, state from embedding_space order by model');
          expect(rows).toEqual([
            { model: 'first', state: 'retired' },
            { model: 'second', state: 'live' },
            { model: 'zhujiao-hashed', state: 'retired' },
          ]);
        } finally {
          await database.close();
        }
      },
      PATIENCE_MS,
    );
  });
}
