import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Of each the newest that runs on Node 20, with what it needs beside it. */
const PACKAGES = [
  '@langchain/community@1.1.29',
  '@langchain/core@1.4.0',
  '@langchain/openai@1.5.8',
  '@llamaindex/postgres@0.0.65',
  '@llamaindex/core@0.6.22',
  '@llamaindex/env@0.1.30',
  'openai@6.49.0',
  'pg@8.23.1',
  'pgvector@0.2.0',
];

/** A passage as all stores get it: text, vector and one field to filter by. */
export interface StoredPassage {
  /** A UUID, which both peers want. */
  id: string;
  text: string;
  stage: string;
  vector: number[];
}

/** A store of vectors, as its own documentation uses it. */
export interface Peer {
  add(passages: StoredPassage[]): Promise<unknown>;
  /** Ids of the nearest, nearest first, of those with `stage` if it is given. */
  search(vector: number[], limit: number, stage?: string): Promise<string[]>;
  close(): Promise<unknown>;
}

export const PEER_NAMES = ['LangChain', 'LlamaIndex.TS'] as const;
export type PeerName = (typeof PEER_NAMES)[number];

/** The table and column of vectors of each, and what it has in the place of our `ensureVectorIndex`. */
export const PEER_INDEX: Record<PeerName, string> = {
  // What its `createHnswIndex` sends, with its defaults.
  LangChain:
    'create index on passages using hnsw ((embedding::vector(DIMENSIONS)) vector_cosine_ops) with (m = 16, ef_construction = 64)',
  // It has none of its own.
  'LlamaIndex.TS': 'create index on llamaindex_embedding using hnsw (embeddings vector_cosine_ops)',
};

/** Installs the peers into `folder`, where they are not part of what users install; quick when they are there. */
export async function installPeers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const options = [
    '--no-audit',
    '--no-fund',
    '--legacy-peer-deps',
    '--ignore-scripts',
    '--loglevel',
    'error',
  ];
  await promisify(execFile)('npm', ['install', '--prefix', folder, ...options, ...PACKAGES]);
}

/** Opens a peer on a database that only it uses. */
export function openPeer(
  name: PeerName,
  options: { folder: string; databaseUrl: string; dimensions: number },
): Promise<Peer> {
  return name === 'LangChain' ? openLangChain(options) : openLlamaIndex(options);
}

/** A module of the peers' folder: our own compiler does not know it. */
async function load(folder: string, specifier: string) {
  const path = createRequire(join(folder, 'package.json')).resolve(specifier);
  return import(pathToFileURL(path).href);
}

async function openLangChain({
  folder,
  databaseUrl,
  dimensions,
}: Parameters<typeof openPeer>[1]): Promise<Peer> {
  const { PGVectorStore } = await load(folder, '@langchain/community/vectorstores/pgvector');
  const embeddings = { embedQuery: refuse, embedDocuments: refuse };
  const store = await PGVectorStore.initialize(embeddings, {
    postgresConnectionOptions: { connectionString: databaseUrl },
    tableName: 'passages',
    dimensions,
  });
  return {
    add: passages =>
      store.addVectors(
        passages.map(({ vector }) => vector),
        passages.map(({ text, stage }) => ({ pageContent: text, metadata: { stage } })),
        { ids: passages.map(({ id }) => id) },
      ),
    async search(vector, limit, stage) {
      const found: [{ id: string }, number][] = await store.similaritySearchVectorWithScore(
        vector,
        limit,
        stage && { stage },
      );
      return found.map(([{ id }]) => id);
    },
    close: () => store.end(),
  };
}

async function openLlamaIndex({
  folder,
  databaseUrl,
  dimensions,
}: Parameters<typeof openPeer>[1]): Promise<Peer> {
  const { PGVectorStore } = await load(folder, '@llamaindex/postgres');
  const { TextNode } = await load(folder, '@llamaindex/core/schema');
  const store = new PGVectorStore({
    clientConfig: { connectionString: databaseUrl },
    embeddingModel: { getTextEmbedding: refuse },
    dimensions,
  });
  return {
    add: passages =>
      store.add(
        passages.map(
          ({ id, text, stage, vector }) =>
            new TextNode({ id_: id, text, metadata: { stage }, embedding: vector }),
        ),
      ),
    async search(vector, limit, stage) {
      const { ids } = await store.query({
        queryEmbedding: vector,
        similarityTopK: limit,
        mode: 'default',
        ...(stage && { filters: { filters: [{ key: 'stage', value: stage, operator: '==' }] } }),
      });
      return ids;
    },
    close: async () => (await store.client()).close(),
  };
}

function refuse(): never {
  throw new Error('Vectors are given; nothing is to be embedded.');
}
