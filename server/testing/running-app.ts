import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { openProduct, type Product } from '../../cli/product.ts';
import { ingestPaths } from '../../ingestion/ingest-paths.ts';
import { createAccount, type Role } from '../../library/accounts.ts';
import { loadConfig } from '../../library/config.ts';
import { buildServer } from '../app.ts';
import { createOperations } from '../operations.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** The whole server without a socket, in which accounts sign in and call. */
export interface RunningApp {
  product: Product;
  app: FastifyInstance;
  /** A folder of this server alone, gone after the tests. */
  dataDir: string;
  /** Makes an account and signs it in; returns its id. */
  signUp(username: string, role: Role): Promise<string>;
  signIn(username: string, password: string): Promise<number>;
  /** Calls as an account, or as a visitor; what is no JSON says so in its headers. */
  call(
    method: Method,
    url: string,
    username?: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** Imports what is under these paths, as the operator does, and waits until it is in. */
  ingest(...paths: string[]): Promise<void>;
}

/** Starts the server before the tests of a file and ends it after; what is returned is filled by then. */
export function startApp(): RunningApp {
  const cookies: Record<string, string> = {};
  const running = {} as RunningApp;
  Object.assign(running, {
    async signUp(username, role) {
      const password = `secret-${username}`;
      const { db } = running.product.deps.database;
      const { id } = await createAccount(db, { username, displayName: username, role, password });
      await running.signIn(username, password);
      return id;
    },
    async signIn(username, password) {
      const payload = { username, password };
      const reply = await running.app.inject({ method: 'POST', url: '/api/session', payload });
      cookies[username] = reply.headers['set-cookie']?.toString().split(';')[0] ?? '';
      return reply.statusCode;
    },
    call: (method, url, username, payload, headers) =>
      running.app.inject({
        method,
        url,
        ...(payload && { payload }),
        headers: { ...headers, ...(username && { cookie: cookies[username]! }) },
      }),
    async ingest(...paths) {
      const operations = createOperations(running.product.deps);
      const { runId } = await ingestPaths(paths, 'samples', operations);
      while ((await operations.progress({ runId })).state !== 'done')
        await new Promise(resolve => setTimeout(resolve, 50));
    },
  } satisfies Omit<RunningApp, 'product' | 'app' | 'dataDir'>);
  beforeAll(async () => {
    running.dataDir = await mkdtemp(`${tmpdir()}/zhujiao-app-`);
    const config = loadConfig({ ZHUJIAO_DATA_DIR: running.dataDir });
    running.product = await openProduct(config, pino({ level: 'silent' }), { worker: true });
    await running.product.ready;
    running.app = await buildServer(running.product.deps);
  });
  afterAll(async () => {
    await running.app.close();
    await running.product.close();
    await rm(running.dataDir, { recursive: true, force: true });
  });
  return running;
}
