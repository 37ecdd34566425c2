import { readPosition } from '../library/changes.ts';
import type { Database } from '../library/db.ts';
import { AppError } from '../library/errors.ts';
import { ensureVectorIndexConcurrently } from '../library/nearest-passages.ts';
import { embeddingText, insertEmbeddings } from '../library/passages.ts';
import {
  type ChangedVersion,
  holdLivePassages,
  type PassageToEmbed,
  type ReembeddingProgress,
  readChangedVersions,
  readCompleteBelow,
  readMissing,
  sampleVectors,
  switchTo,
} from '../library/reembedding.ts';
import { describeSpace } from '../library/spaces.ts';
import { tidyTables } from '../library/tidy.ts';
import type { SpaceEmbedder } from '../models/live-embedder.ts';
import { findUnlike } from '../models/same-vectors.ts';
import { createPacer } from '../retrieval/pacer.ts';
import { embedTexts } from './embed-texts.ts';

/** Resources per look-up. */
const PAGE_RESOURCES = 50;
/** Texts per request, and requests that an endpoint has at a time: most of the time goes into waiting for it. */
const TEXTS_PER_CALL = 64;
const CALLS_AT_ONCE = 4;
/** Passages embedded again before a switch. */
const SAMPLE = 32;
/** Longest work in one go, as in ingestion. */
const SLICE_MS = 8;

export interface BuildDeps {
  database: Database;
  /** True while a request of this process waits for its answer. */
  isBusy?: (() => boolean) | undefined;
}

/** Told which step a build has come to, and how many passages got their vector. */
export interface BuildWatch {
  step(state: ReembeddingProgress['state']): void;
  embedded(passages: number): void;
}

/**
 * Gives every live passage a vector in the target space, beside the live one, and then makes it the live one. What is
 * stored is kept when this is cut short, and the next build goes on from there.
 * @throws AppError `model-misbehaved` when a sample, embedded again, has other vectors; what the embedder and the database
 * throw; `stopped`
 */
export async function buildSpace(
  deps: BuildDeps,
  target: SpaceEmbedder,
  watch: BuildWatch,
  stop: AbortSignal,
): Promise<void> {
  const { database } = deps;
  watch.step('embedding');
  const begun = await readCompleteBelow(database.db, target.space.id);
  const position = await fillSince(begun, deps, target, watch, stop);
  watch.step('indexing');
  await tidyTables(database);
  if (database.kind === 'postgres') {
    await database.db.query('analyze public.embedding');
    await ensureVectorIndexConcurrently(database.db, target.space);
  }
  watch.step('checking');
  await checkSample(database, target, stop);
  await switchWhenComplete(position, deps, target, watch, stop);
}

/**
 * Makes the target space live once it has what came in since `position`. Passages that come in faster than they are
 * embedded keep this going until ingestion has a rest.
 */
export async function switchWhenComplete(
  position: string,
  deps: BuildDeps,
  target: SpaceEmbedder,
  watch: BuildWatch,
  stop: AbortSignal,
): Promise<void> {
  watch.step('switching');
  let since = position;
  do since = await fillSince(since, deps, target, watch, stop);
  while ((await switchTo(deps.database, target.space.id, since)).missing > 0);
}

/** Embeds what was touched at or after a position and lacks a vector; returns the position to go on from. */
async function fillSince(
  position: string,
  deps: BuildDeps,
  target: SpaceEmbedder,
  watch: BuildWatch,
  stop: AbortSignal,
): Promise<string> {
  const { db, readDb } = deps.database;
  // Taken first: what commits while we read is at or above it and will be looked at again.
  const next = await readPosition(readDb);
  let after: ChangedVersion | undefined;
  do {
    const versions = await readChangedVersions(db, position, after, PAGE_RESOURCES);
    const ids = versions.map(({ versionId }) => versionId);
    if (ids.length > 0) await fillVersions(ids, deps, target, watch, stop);
    after = versions.length === PAGE_RESOURCES ? versions.at(-1) : undefined;
  } while (after);
  return next;
}

async function fillVersions(
  versionIds: string[],
  { database, isBusy }: BuildDeps,
  target: SpaceEmbedder,
  watch: BuildWatch,
  stop: AbortSignal,
): Promise<void> {
  const pacer = createPacer(SLICE_MS, isBusy);
  const atOnce = target.embedder.local ? 1 : CALLS_AT_ONCE;
  for (;;) {
    stop.throwIfAborted();
    const missing = await readMissing(database.db, target.space.id, versionIds, TEXTS_PER_CALL * atOnce);
    const calls = Array.from({ length: Math.ceil(missing.length / TEXTS_PER_CALL) }, (_, i) =>
      missing.slice(i * TEXTS_PER_CALL, (i + 1) * TEXTS_PER_CALL),
    );
    // All of them end before the first error is thrown: what was paid for is stored.
    const ended = await Promise.allSettled(
      calls.map(async passages => {
        await embedPassages(database, target, passages, stop);
        watch.embedded(passages.length);
      }),
    );
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    await pacer.pause();
    if (missing.length < TEXTS_PER_CALL * atOnce) return;
  }
}

/** Stores nothing of a passage that was replaced while its vector was made. */
async function embedPassages(
  database: Database,
  target: SpaceEmbedder,
  passages: PassageToEmbed[],
  stop: AbortSignal,
): Promise<void> {
  const texts = passages.map(passage => embeddingText(passage.title, passage));
  const embedded = await embedTexts(database.db, target, texts, stop);
  const rows = passages.map(({ passageId }, i) => ({ passageId, textHash: undefined, ...embedded[i]! }));
  await database.transaction(async db => {
    const live = await holdLivePassages(
      db,
      passages.map(({ passageId }) => passageId),
    );
    const kept = rows.filter(({ passageId }) => live.has(passageId));
    if (kept.length > 0) await insertEmbeddings(db, target.space.id, kept);
  });
}

/** Embeds some passages again and compares: the endpoint must still be the model that the space is of. */
async function checkSample(database: Database, target: SpaceEmbedder, stop: AbortSignal): Promise<void> {
  const sample = await sampleVectors(database.db, target.space.id, SAMPLE);
  const texts = sample.map(({ text }) => text);
  const unlike = findUnlike(sample, await target.embedder.embed(texts, stop));
  if (unlike.length === 0) return;
  throw new AppError(
    'model-misbehaved',
    `The new vectors were not taken into use: ${unlike.length} of ${sample.length} passages, embedded again, got other vectors (the first is passage ${unlike[0]!.passageId}). ` +
      `Check that the endpoint serves one model under the name of ${describeSpace(target.space)}, then run \`zhujiao reembed --drop-retired\`, which throws them away (and those of the space before), and \`zhujiao reembed\`.`,
  );
}
