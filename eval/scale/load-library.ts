import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../library/db.ts';
import type { EmbeddingSpace } from '../../library/spaces.ts';
import { storeResources } from '../../library/store-resources.ts';
import type { SyntheticLibrary } from './synthetic-library.ts';

/** Resources of a transaction. */
const BATCH = 50;
/** Transactions at once. */
const WRITERS = 4;

export interface Loaded {
  resources: number;
  passages: number;
  seconds: number;
  /** Of them, the making of the texts and vectors. */
  generatorSeconds: number;
}

/** Stores the first `resources` resources of `library` as ingestion would, in constant memory. */
export async function loadLibrary(
  database: Database,
  space: EmbeddingSpace,
  library: SyntheticLibrary,
  resources: number,
  onProgress: (done: number) => void,
): Promise<Loaded> {
  const started = performance.now();
  let next = 0;
  let passages = 0;
  let generating = 0;
  const write = async () => {
    while (next < resources) {
      const first = next;
      next = Math.min(resources, first + BATCH);
      const from = performance.now();
      const batch = Array.from({ length: next - first }, (_, i) => library.resource(first + i));
      generating += performance.now() - from;
      await database.transaction(db => storeResources(db, batch, space.id));
      for (const resource of batch) passages += resource.passages.length;
      onProgress(next);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  return {
    resources,
    passages,
    seconds: (performance.now() - started) / 1000,
    generatorSeconds: generating / 1000,
  };
}

/**
 * Stores resources at a steady rate until `stop`, one in two new and one in two a new version of one that is there.
 * Returns how many it stored and in how many seconds.
 */
export async function writeSteadily(
  database: Database,
  space: EmbeddingSpace,
  library: SyntheticLibrary,
  from: { resources: number; perMinute: number; stop: AbortSignal },
): Promise<{ resources: number; seconds: number }> {
  const started = performance.now();
  let stored = 0;
  while (!from.stop.aborted) {
    const due = started + (stored * 60_000) / from.perMinute;
    await pause(Math.max(0, due - performance.now()));
    const n = stored % 2 === 0 ? from.resources + stored / 2 : (stored * 7919) % from.resources;
    await database.transaction(db => storeResources(db, [library.resource(n, 1)], space.id));
    stored++;
  }
  return { resources: stored, seconds: (performance.now() - started) / 1000 };
}
