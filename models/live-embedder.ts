import type { Db } from '../library/db.ts';
import { type EmbeddingSpace, findLiveSpace, liveSpace } from '../library/spaces.ts';
import type { Embedder, Embedders } from './embedder.ts';

/** A space, and what makes vectors for it. */
export interface SpaceEmbedder {
  space: EmbeddingSpace;
  embedder: Embedder;
}

/** The embedder of the live space; on the first start that becomes the space of the embedder that the settings name. */
export async function liveEmbedder(db: Db, embedders: Embedders): Promise<SpaceEmbedder> {
  const space = (await findLiveSpace(db)) ?? (await liveSpace(db, (await embedders.wanted()).space));
  return { space, embedder: embedders.of(space) };
}
