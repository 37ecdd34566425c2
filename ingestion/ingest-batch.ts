import type { Database } from '../library/db.ts';
import { AppError } from '../library/errors.ts';
import type { FileStore } from '../library/files.ts';
import {
  failWaitingItems,
  findWaitingItems,
  finishBatch,
  holdBatch,
  type ItemOutcome,
  isFenced,
  MAX_ATTEMPTS,
  releaseBatch,
  settleItems,
  type TakenBatch,
  takeBatch,
  type WaitingItem,
} from '../library/ingestion-batches.ts';
import { type AcceptedItem, acceptParts } from '../library/ingestion-runs.ts';
import type { IngestionQueue } from '../library/jobs.ts';
import { isSpaceChange } from '../library/spaces.ts';
import { type StoreOutcome, storeResources } from '../library/store-resources.ts';
import type { SpaceEmbedder } from '../models/live-embedder.ts';
import { createPacer, type Pacer } from '../retrieval/pacer.ts';
import type { FileReader } from './file-reader.ts';
import { type CutResource, cutResource, embedResources, proposalOf } from './prepare-resource.ts';
import { readItem } from './read-item.ts';

/**
 * A transaction ends at either. Embedded, a search waits for the one that runs: with 20 and 60 its p95 was 30 ms while
 * ingesting, with 50 resources 56 ms; larger ones are faster by a third only.
 */
const GROUP_RESOURCES = 20;
const GROUP_PASSAGES = 60;

/** A third of the lease, so that two renewals may fail before another worker takes the batch. */
const RENEW_MS = 10_000;

/** Longest work in one go; a request waits for the event loop this long at most. */
const SLICE_MS = 4;

export interface IngestDeps {
  database: Database;
  /** The embedder of the live space, as it is now. */
  live: () => Promise<SpaceEmbedder>;
  /** Where original files lie, and what reads them. */
  files: FileStore;
  reader: FileReader;
  /** Rung for the parts of a file. */
  queue: Pick<IngestionQueue, 'ring'>;
  /** Told what was the cause of a reason, and what goes wrong in the background. */
  report: (error: Error) => void;
  /** True while a request of this process waits for its answer. */
  isBusy?: (() => boolean) | undefined;
}

/**
 * Ingests the waiting items of a batch, a few in each transaction, until all have a final state. Does nothing when
 * the batch is done or another worker holds it. When `stop` is aborted it ends after the current transaction and
 * gives the batch back.
 * @throws whatever the database or the embedder throws; the batch is given back to be tried again, and after
 * `MAX_ATTEMPTS` its waiting items fail with that reason instead.
 */
export async function ingestBatch(batchId: string, deps: IngestDeps, stop: AbortSignal): Promise<void> {
  const { database } = deps;
  const batch = await takeBatch(database.db, batchId);
  if (!batch) return;
  const renewal = setInterval(() => {
    // A renewal that fails is one that the next commit will find out about.
    holdBatch(database.db, batch).catch(() => undefined);
  }, RENEW_MS);
  try {
    if (batch.attempts > MAX_ATTEMPTS)
      throw new AppError('unreadable-resource', 'the worker ended while reading it; divide the file');
    await ingestItems(batch, await findWaitingItems(database.db, batchId), deps, stop);
    if (stop.aborted) await releaseBatch(database.db, batch, false);
    else await inBatch(deps, batch, db => finishBatch(db, batch));
  } catch (error) {
    if (isFenced(error)) return;
    if (stop.aborted) return releaseBatch(database.db, batch, false);
    if (batch.attempts < MAX_ATTEMPTS) {
      await releaseBatch(database.db, batch, true);
      throw error;
    }
    const isOurs = error instanceof AppError;
    if (!isOurs) deps.report(new Error(`Batch ${batchId} is given up.`, { cause: error }));
    const why = isOurs ? error.message : 'an administrator finds the cause in the log';
    await inBatch(deps, batch, async db => {
      await failWaitingItems(db, batchId, `given up after ${MAX_ATTEMPTS} attempts: ${why}`);
      await finishBatch(db, batch);
    });
  } finally {
    clearInterval(renewal);
  }
}

interface CutItem {
  ordinal: number;
  resource: CutResource;
}

async function ingestItems(
  batch: TakenBatch,
  items: WaitingItem[],
  deps: IngestDeps,
  stop: AbortSignal,
): Promise<void> {
  const pacer = createPacer(SLICE_MS, deps.isBusy);
  let group: CutItem[] = [];
  let faults: ItemOutcome[] = [];
  let passages = 0;
  const flush = async () => {
    if (faults.length > 0) await inBatch(deps, batch, db => settleItems(db, batch.batchId, faults));
    if (group.length > 0) await embedAndStore(batch, group, deps, pacer, stop);
    group = [];
    faults = [];
    passages = 0;
  };
  for (const item of items) {
    if (stop.aborted) return;
    if (pacer.due()) await pacer.pause();
    const { ordinal, payload } = item;
    const read = await readItem(item, deps, stop);
    if ('reason' in read) {
      faults.push({ ordinal, state: 'failed', reason: read.reason });
      continue;
    }
    if ('parts' in read) {
      await unpack(batch, ordinal, read.parts, deps);
      continue;
    }
    const resource = await cutResource(payload, read.resource, batch.label, pacer);
    if (batch.upload) resource.proposal = proposalOf(payload, read.resource);
    const isRepeated = group.some(other => other.resource.input.id === resource.input.id);
    if (isRepeated || passages + resource.passages.length > GROUP_PASSAGES) await flush();
    group.push({ ordinal, resource });
    passages += resource.passages.length;
    if (group.length === GROUP_RESOURCES || passages >= GROUP_PASSAGES) await flush();
  }
  await flush();
}

/** A file that holds several resources: they go on as items of their own, each with its own end. */
async function unpack(batch: TakenBatch, ordinal: number, parts: AcceptedItem[], deps: IngestDeps) {
  const rings = await inBatch(deps, batch, async db => {
    await settleItems(db, batch.batchId, [{ ordinal, state: 'unpacked' }]);
    return acceptParts(db, batch.runId, parts);
  });
  await deps.queue.ring(rings);
}

/** Embeds for the live space and stores; when another space became live in between, once more for that. */
async function embedAndStore(
  batch: TakenBatch,
  group: CutItem[],
  deps: IngestDeps,
  pacer: Pacer,
  stop: AbortSignal,
): Promise<void> {
  const cut = group.map(({ resource }) => resource);
  for (;;) {
    const live = await deps.live();
    const embedded = await embedResources(deps.database.db, cut, live, pacer, stop);
    const stored = group.map(({ ordinal }, i) => ({ ordinal, resource: embedded[i]! }));
    // A search that is under way needs the database next; a transaction would make it wait.
    if (deps.isBusy?.()) await pacer.pause();
    try {
      return await storeGroup(batch, stored, deps, live.space.id);
    } catch (error) {
      if (!isSpaceChange(error)) throw error;
    }
  }
}

type StoredItem = { ordinal: number; resource: Awaited<ReturnType<typeof embedResources>>[number] };

/** Stores a group with the states of its items in one transaction; what Postgres refuses is found out one by one. */
async function storeGroup(
  batch: TakenBatch,
  group: StoredItem[],
  deps: IngestDeps,
  spaceId: number,
): Promise<void> {
  try {
    await inBatch(deps, batch, async db => {
      const outcomes = await storeResources(
        db,
        group.map(({ resource }) => resource),
        spaceId,
        batch.upload,
      );
      const states = group.map(({ ordinal }, i) => outcomeOf(ordinal, outcomes[i]!));
      await settleItems(db, batch.batchId, states);
    });
  } catch (error) {
    if (!isDataFault(error)) throw error;
    if (group.length > 1) {
      for (const item of group) await storeGroup(batch, [item], deps, spaceId);
      return;
    }
    deps.report(new Error(`"${group[0]!.resource.input.id}" cannot be stored`, { cause: error }));
    const reason = 'the library cannot store it; an administrator finds the cause in the log';
    await inBatch(deps, batch, db =>
      settleItems(db, batch.batchId, [{ ordinal: group[0]!.ordinal, state: 'failed', reason }]),
    );
  }
}

function outcomeOf(ordinal: number, stored: StoreOutcome): ItemOutcome {
  if (stored !== 'theirs') return { ordinal, state: stored };
  return {
    ordinal,
    state: 'failed',
    reason: 'the library has another resource of this id; give yours a new id',
  };
}

/** A transaction that only commits while this worker holds the batch. */
function inBatch<T>(
  { database }: IngestDeps,
  batch: TakenBatch,
  work: Parameters<typeof database.transaction<T>>[0],
) {
  return database.transaction(async db => {
    await holdBatch(db, batch);
    return work(db);
  });
}

/** SQLSTATE classes 22 (data), 23 (constraint) and 54 (limit): trying again would end the same. */
function isDataFault(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22|23|54)/.test(code);
}
