import type { Logger } from 'pino';
import type { Config } from '../library/config.ts';
import type { Database } from '../library/db.ts';
import { sampleVectors } from '../library/reembedding.ts';
import { describeSpace, type EmbeddingSpace, findSpace } from '../library/spaces.ts';
import type { Embedders } from '../models/embedder.ts';
import { createEmbedders } from '../models/embedders.ts';
import { createOfflineEmbedder, OFFLINE_SPACE } from '../models/offline-embedder.ts';
import type { Analyser } from '../retrieval/analysis.ts';
import type { LostPart } from '../retrieval/search.ts';

/** An endpoint that is down fails every search; so often it is said. */
const SAY_LOST_MS = 10_000;
/** Stored passages that a model which the settings do not name has to give the same vectors. */
const COMPARED = 4;

/** The embedders that the settings allow. */
export function embeddersOf(config: Config, analyser: Analyser, { db }: Database): Embedders {
  return createEmbedders(config.embedding, createOfflineEmbedder(analyser.terms), async key => {
    const space = await findSpace(db, key);
    return space ? sampleVectors(db, space.id, COMPARED) : [];
  });
}

/** The settings name the model that is wanted; which one searches use changes by re-embedding alone. */
export function warnOfOtherModel({ embedding }: Config, space: EmbeddingSpace, log: Logger): void {
  const wanted = embedding?.model ?? OFFLINE_SPACE.model;
  if (wanted === space.model) return;
  log.warn(
    `Searches use vectors of ${describeSpace(space)}, but the settings name ${wanted}. Run \`zhujiao reembed\` to change over.`,
  );
}

/** Counts every search that did without a part, and says why now and then. */
export function countLost(lost: Record<LostPart, number>, log: Logger) {
  const said: Record<LostPart, number> = { embedding: 0, rerank: 0 };
  return (part: LostPart, error: unknown) => {
    lost[part] += 1;
    if (Date.now() - said[part] < SAY_LOST_MS) return;
    said[part] = Date.now();
    log.warn({ err: error, part, lost: lost[part] }, 'searches go on without a part');
  };
}
