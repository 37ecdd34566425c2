import { changePassword, createAccount, listAccounts, type NewAccount } from '../library/accounts.ts';
import type { Answer } from '../library/answer.ts';
import { countLibrary, requireChosen } from '../library/catalogue.ts';
import { findFailures, requireProgress } from '../library/ingestion-progress.ts';
import {
  type AcceptedItem,
  acceptBatch,
  failRun,
  finishReading,
  type ListedItem,
  startRun,
} from '../library/ingestion-runs.ts';
import type { LessonPlan, PlanRequest } from '../library/lesson-plan.ts';
import { withdrawResource } from '../library/life-cycle.ts';
import type { TargetModel } from '../library/reembedding.ts';
import type { Stage } from '../library/resources.ts';
import {
  closeListing,
  type ListingEnd,
  openSource,
  type SourceKind,
  type WithdrawMissing,
} from '../library/sources.ts';
import type { SearchResult } from '../retrieval/search.ts';
import type { SearchRequest } from '../retrieval/search-request.ts';
import type { ServerDeps } from './deps.ts';

/**
 * What a command can do to a library. Input and output are plain JSON: a command calls these directly when it holds
 * the data directory, and over HTTP (`routes/local.ts`) when a server does. See docs/decisions/0006.
 */
export function createOperations(deps: ServerDeps) {
  const { database, searcher, tutor, planner, recommender, queue, reembedding } = deps;
  /** A command looks as a visitor does: it belongs to no account. */
  const asker = null;
  const silent = async () => undefined;
  return {
    search: (request: SearchRequest): Promise<SearchResult[]> => searcher.search(request, asker),
    ask: (question: { question: string; stage?: Stage; language?: 'zh' | 'en' }): Promise<Answer> =>
      tutor.answer({ ...question, history: [], asker }, silent),
    recommend: (wish: {
      goal?: string;
      similarTo?: string;
      stage?: Stage;
      language?: 'zh' | 'en';
      limit: number;
    }) => recommender.recommend(wish, { asker }),
    plan: async (request: PlanRequest): Promise<LessonPlan> => {
      const chosen = await requireChosen(database.db, request.resourceIds ?? [], asker);
      return planner.draft(request, { asker, planId: null, chosen }, silent);
    },
    withdraw: async ({
      resourceId,
      reason,
    }: {
      resourceId: string;
      reason: string;
    }): Promise<{ done: true }> => {
      await database.transaction(db => withdrawResource(db, resourceId, reason));
      return { done: true };
    },
    addAccount: (account: NewAccount) => createAccount(database.db, account),
    resetPassword: async ({
      username,
      password,
    }: {
      username: string;
      password: string;
    }): Promise<{ done: true }> => {
      await changePassword(database.db, username, password);
      return { done: true };
    },
    listAccounts: () => listAccounts(database.db),
    openSource: (source: { location: string; kind: SourceKind }) => openSource(database.db, source),
    startRun: ({ label, sourceId }: { label: string; sourceId?: string | undefined }) =>
      startRun(database.db, label, { sourceId }),
    acceptBatch: ({ runId, items }: { runId: string; items: (AcceptedItem | ListedItem)[] }) =>
      acceptBatch({ database, queue }, runId, items),
    finishReading: ({ runId }: { runId: string }) => finishReading(database.db, runId),
    failRun: ({ runId, reason }: { runId: string; reason: string }) => failRun(database.db, runId, reason),
    closeListing: (listing: { runId: string; end: ListingEnd; withdraw: WithdrawMissing }) =>
      closeListing(database, listing),
    progress: ({ runId }: { runId: string }) => requireProgress(database.db, runId),
    failures: ({ runId }: { runId: string }) => findFailures(database.db, runId, 1000),
    estimateReembedding: ({ model }: { model: TargetModel | null }) => reembedding.estimate(model),
    startReembedding: async ({ model }: { model: TargetModel | null }): Promise<{ done: true }> => {
      await reembedding.start(model);
      return { done: true };
    },
    startRollback: async (): Promise<{ done: true }> => {
      await reembedding.startRollback();
      return { done: true };
    },
    reembeddingProgress: async () => reembedding.progress(),
    dropRetired: () => reembedding.dropRetired(),
    countLibrary: () => countLibrary(database.db),
  };
}

export type Operations = ReturnType<typeof createOperations>;
