import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';

const port = z.coerce.number().int().min(0).max(65535);
const empty = z.literal('').transform(() => undefined);
const text = z.union([empty, z.string()]).optional();
const url = z.union([empty, z.url()]).optional();

/** Every environment variable that Zhujiao reads, and what it means. `.env.example` lists the same, held by a test. */
export const environment = z.object({
  ZHUJIAO_DATA_DIR: text.describe(
    'Folder of the embedded database and its lock file; of the search index between two starts (.data)',
  ),
  ZHUJIAO_FILES_DIR: text.describe(
    'Folder of original files, shared by all servers and workers (files in the data directory)',
  ),
  ZHUJIAO_ALLOW_PRIVATE_HOSTS: text.describe(
    'Host names inside the institution that may be ingested from, apart by commas; every other one must be public',
  ),
  HOST: text.describe('Address to listen on (127.0.0.1; 0.0.0.0 in a container)'),
  PORT: z.union([empty, port]).optional().describe('Port to listen on (3000)'),
  LOG_LEVEL: z
    .union([empty, z.enum(['silent', 'error', 'warn', 'info', 'debug'])])
    .optional()
    .describe('silent, error, warn, info or debug (info)'),
  DATABASE_URL: text.describe('Postgres 17+ with pgvector; without it the embedded database is used'),
  REDIS_URL: text.describe('Redis for the queue; without it the queue lives in the database'),
  OPENAI_BASE_URL: url.describe('OpenAI-compatible endpoint of the chat models'),
  OPENAI_API_KEY: text.describe('Key for it; a key alone sends nothing anywhere'),
  CHAT_MODEL: text.describe('Chat model; without it answers are quoted offline from the library'),
  FALLBACK_CHAT_MODEL: text.describe('Chat model at the same endpoint that takes over when the first fails'),
  EMBEDDING_MODEL: text.describe('Embedding model; without it the offline embedder is used'),
  EMBEDDING_BASE_URL: url.describe('Endpoint of the embedding model where it differs'),
  EMBEDDING_API_KEY: text.describe('Key for it where it differs'),
  RERANK_MODEL: text.describe('Model that puts the first results in order; without it their order stays'),
  RERANK_BASE_URL: url.describe('Endpoint of it, with a POST /rerank as of Jina or Cohere'),
  RERANK_API_KEY: text.describe('Key for it'),
});

/** The settings of one process, checked once at its start and frozen. */
export interface Config {
  dataDir: string;
  filesDir: string;
  privateHosts: string[];
  host: string;
  port: number;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  chat:
    | { baseUrl: string | undefined; apiKey: string | undefined; model: string; fallback: string | undefined }
    | undefined;
  embedding: { baseUrl: string | undefined; apiKey: string | undefined; model: string } | undefined;
  rerank: { baseUrl: string; apiKey: string | undefined; model: string } | undefined;
}

/**
 * Reads the settings from `env`; `overrides` (command-line flags) win.
 * @throws AppError `invalid-input` naming every variable that is wrong; values are never printed, they may be secrets.
 */
export function loadConfig(
  env: NodeJS.ProcessEnv,
  overrides: { dataDir?: string; port?: number; host?: string } = {},
): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError(
      'invalid-input',
      `The environment is not valid. ${faults.join('; ')}. See .env.example.`,
    );
  }
  const e = parsed.data;
  if (e.REDIS_URL && !e.DATABASE_URL) {
    throw new AppError(
      'invalid-input',
      'REDIS_URL is set without DATABASE_URL: Redis serves only a server database. Set both or neither.',
    );
  }
  if (e.RERANK_MODEL && !e.RERANK_BASE_URL)
    throw new AppError('invalid-input', 'RERANK_MODEL is set without RERANK_BASE_URL. Set both or neither.');
  const dataDir = folder(overrides.dataDir ?? e.ZHUJIAO_DATA_DIR ?? '.data');
  return Object.freeze({
    dataDir,
    filesDir: e.ZHUJIAO_FILES_DIR ? folder(e.ZHUJIAO_FILES_DIR) : join(dataDir, 'files'),
    privateHosts: (e.ZHUJIAO_ALLOW_PRIVATE_HOSTS ?? '').split(/[\s,]+/).filter(host => host !== ''),
    host: overrides.host ?? e.HOST ?? '127.0.0.1',
    port: overrides.port ?? e.PORT ?? 3000,
    logLevel: e.LOG_LEVEL ?? 'info',
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    chat: e.CHAT_MODEL
      ? {
          baseUrl: e.OPENAI_BASE_URL,
          apiKey: e.OPENAI_API_KEY,
          model: e.CHAT_MODEL,
          fallback: e.FALLBACK_CHAT_MODEL,
        }
      : undefined,
    embedding: e.EMBEDDING_MODEL
      ? {
          baseUrl: e.EMBEDDING_BASE_URL ?? e.OPENAI_BASE_URL,
          apiKey: e.EMBEDDING_API_KEY ?? e.OPENAI_API_KEY,
          model: e.EMBEDDING_MODEL,
        }
      : undefined,
    rerank:
      e.RERANK_MODEL && e.RERANK_BASE_URL
        ? { baseUrl: e.RERANK_BASE_URL, apiKey: e.RERANK_API_KEY, model: e.RERANK_MODEL }
        : undefined,
  });
}

function folder(path: string): string {
  return resolve(path.replace(/^~(?=\/|$)/, homedir()));
}
