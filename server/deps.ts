import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { createPlanner } from '../agents/planner.ts';
import type { createRecommender } from '../agents/recommender.ts';
import type { createTutor } from '../agents/tutor.ts';
import type { Database } from '../library/db.ts';
import type { FileStore } from '../library/files.ts';
import type { IngestionQueue } from '../library/jobs.ts';
import type { Reembedding } from '../library/reembedding.ts';
import type { LostPart, Searcher } from '../retrieval/search.ts';
import type { Metrics } from './metrics.ts';
import type { Runs } from './runs.ts';

/** What writes the answers, as the UI shows it. */
export interface Mode {
  chat: string;
  embedding: string;
  offline: boolean;
}

/** All that the routes work with; built once by the composition root. */
export interface ServerDeps {
  database: Database;
  searcher: Searcher;
  tutor: ReturnType<typeof createTutor>;
  planner: ReturnType<typeof createPlanner>;
  recommender: ReturnType<typeof createRecommender>;
  queue: IngestionQueue;
  files: FileStore;
  reembedding: Reembedding;
  /** How often searches did without a part that failed or was late. */
  lostParts: Readonly<Record<LostPart, number>>;
  mode: Mode;
  log: FastifyBaseLogger;
  /** Resolves when the process can search; `/health/ready` waits for it. */
  isReady(): boolean;
  /** Told of every request of a person, so that work in the background leaves room. */
  traffic: { begin(requestId: string): void; end(requestId: string): void };
  /** The token that lets commands on this machine in; undefined until the server listens. */
  localToken(): string | undefined;
}

/** What a routes file gets: the deps and what `buildServer` made of them. */
export interface RouteDeps extends ServerDeps {
  runs: Runs;
  metrics: Metrics;
}

/** Fastify with zod schemas as its types. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
