import type { Logger } from 'pino';
import { createPlanner } from '../agents/planner.ts';
import { createRecommender } from '../agents/recommender.ts';
import { createRunner } from '../agents/run.ts';
import { createTutor, type TutorDeps } from '../agents/tutor.ts';
import { createReembedding } from '../ingestion/reembedding.ts';
import { startWorker } from '../ingestion/worker.ts';
import { requireResource } from '../library/catalogue.ts';
import type { Config } from '../library/config.ts';
import { type Database, openDatabase } from '../library/db.ts';
import { createFileStore } from '../library/files.ts';
import { recordGeneration } from '../library/generations.ts';
import { openIngestionQueue } from '../library/jobs.ts';
import { type DataLock, takeLock } from '../library/lock.ts';
import { migrate } from '../library/migrate.ts';
import { createChatModels } from '../models/chat-models.ts';
import { createReranker } from '../models/reranker.ts';
import { type Analyser, createAnalyser } from '../retrieval/analysis.ts';
import { judgeEvidence } from '../retrieval/evidence.ts';
import { openRetrieval, type Retrieval } from '../retrieval/open-retrieval.ts';
import { createTextTools } from '../retrieval/text-tools.ts';
import { openDictionary } from '../retrieval/translation/dictionary.ts';
import { createTranslator } from '../retrieval/translation/translate.ts';
import type { ServerDeps } from '../server/deps.ts';
import { countLost, embeddersOf, warnOfOtherModel } from './embedding-settings.ts';

/** A whole product in this process: all that the server and the commands work with. */
export interface Product {
  deps: ServerDeps;
  /** What the tutor is made of, for an evaluation that changes a part. */
  tutorDeps: TutorDeps;
  /** Resolves when searches see the whole library. */
  ready: Promise<void>;
  /** Lets commands on this machine find the server. */
  announce(port: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Puts the product together. Embedded it takes the lock of the data directory and brings the schema up to date; on a
 * server that is the business of `zhujiao migrate`. With `worker` it also works on the queue.
 * @throws AppError `conflict` when the library is in use or cannot be reached.
 */
export async function openProduct(
  config: Config,
  log: Logger,
  options: { worker: boolean },
): Promise<Product> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of closers.reverse()) await closeOne();
    closers.length = 0;
  };
  try {
    return await open(config, log, options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  config: Config,
  log: Logger,
  options: { worker: boolean },
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Product> {
  const lock = await lockIfEmbedded(config);
  if (lock) closers.push(lock.release);
  // The dictionary loads while the database opens in its thread.
  const [database, analyser] = await Promise.all([openDatabase(config), createAnalyser()]);
  closers.push(database.close);
  if (lock) await migrate(database);
  const translate = createTranslator(analyser, await openDictionary(analyser));
  const embedders = embeddersOf(config, analyser, database);
  const traffic = watchTraffic();
  const lost = { embedding: 0, rerank: 0 };
  const retrieval = await openRetrieval({
    database,
    analyser,
    translate,
    embedders,
    reranker: config.rerank && createReranker(config.rerank),
    folder: config.dataDir,
    isBusy: traffic.isBusy,
    report: error => log.error({ err: error }, 'the search index: it tries again'),
    onSpace: space => warnOfOtherModel(config, space, log),
    onLost: countLost(lost, log),
  });
  closers.push(retrieval.close);
  const report = (error: Error) => log.warn({ err: error }, 'in the background');
  const place = { redisUrl: config.redisUrl, pool: database.pool, report };
  const queue = openIngestionQueue(place);
  closers.push(queue.close);
  const files = createFileStore(config.filesDir);
  if (options.worker) {
    const worker = await startWorker({
      database,
      files,
      embedders,
      queue,
      report,
      redisUrl: config.redisUrl,
      isBusy: traffic.isBusy,
    });
    closers.push(worker.close);
  }
  const { isBusy } = traffic;
  const reembedding = createReembedding({ database, embedders, isBusy, follow: retrieval.followSpace });
  closers.push(reembedding.close);
  let ready = false;
  const whenReady = retrieval.ready.then(() => {
    ready = true;
  });
  whenReady.catch(report);
  let token: string | undefined;
  const { tutorDeps, ...agents } = createAgents(config, { database, analyser, retrieval });
  return {
    tutorDeps,
    deps: {
      ...agents,
      database,
      searcher: retrieval.searcher,
      queue,
      files,
      reembedding,
      lostParts: lost,
      log,
      mode: {
        chat: config.chat?.model ?? 'offline',
        get embedding() {
          return retrieval.space().model;
        },
        offline: config.chat === undefined,
      },
      isReady: () => ready,
      localToken: () => token,
      traffic,
    },
    ready: whenReady,
    async announce(port) {
      token = await lock?.announce(port);
    },
    close,
  };
}

function createAgents(
  config: Config,
  parts: { database: Database; analyser: Analyser; retrieval: Retrieval },
): Pick<ServerDeps, 'tutor' | 'planner' | 'recommender'> & { tutorDeps: TutorDeps } {
  const { database, analyser, retrieval } = parts;
  const tools = createTextTools(analyser, retrieval.index);
  const runner = createRunner({
    models: createChatModels(config.chat, tools),
    record: generation => recordGeneration(database.db, generation),
    spaceId: () => retrieval.space().id,
  });
  const { search, passagesFor: findPassages } = retrieval.searcher;
  const tutorDeps: TutorDeps = {
    runner,
    findPassages,
    tools,
    judgeEvidence: (question, found) => judgeEvidence(question, found, tools),
  };
  return {
    tutorDeps,
    tutor: createTutor(tutorDeps),
    planner: createPlanner({ runner, findPassages, tools }),
    recommender: createRecommender({
      runner,
      search,
      tools,
      findResource: (id, asker) => requireResource(database.readDb, id, asker),
    }),
  };
}

async function lockIfEmbedded(config: Config): Promise<DataLock | undefined> {
  return config.databaseUrl ? undefined : takeLock(config.dataDir);
}

/** What waits longer is a stream or an upload, which background work need not stand still for. */
const WAITING_MS = 300;

/** Background work leaves room while a request waits for its answer. */
function watchTraffic(): ServerDeps['traffic'] & { isBusy(): boolean } {
  const waiting = new Map<string, number>();
  return {
    begin: requestId => waiting.set(requestId, Date.now()),
    end: requestId => waiting.delete(requestId),
    isBusy() {
      const now = Date.now();
      for (const since of waiting.values()) if (now - since < WAITING_MS) return true;
      return false;
    },
  };
}

/** A worker without a server: the database, the embedders and the queue. */
export async function openWorkshop(
  config: Config,
  log: Logger,
): Promise<{ close(): Promise<void>; lost: Promise<Error> }> {
  const [database, analyser] = await Promise.all([openDatabase(config), createAnalyser()]);
  const report = (error: Error) => log.warn({ err: error }, 'in the background');
  const queue = openIngestionQueue({ redisUrl: config.redisUrl, pool: database.pool, report });
  const embedders = embeddersOf(config, analyser, database);
  const files = createFileStore(config.filesDir);
  const worker = await startWorker({ database, embedders, queue, files, report, redisUrl: config.redisUrl });
  return {
    lost: database.lost,
    async close() {
      await worker.close();
      await queue.close();
      await database.close();
    },
  };
}
