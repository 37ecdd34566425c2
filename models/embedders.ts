import { AppError } from '../library/errors.ts';
import { describeSpace, isSameSpace } from '../library/spaces.ts';
import { createComparedEmbedder } from './compared-embedder.ts';
import type { Embedder, EmbedderSpace, Embedders } from './embedder.ts';
import { OFFLINE_SPACE } from './offline-embedder.ts';
import { OPENAI_URL } from './openai-chat-model.ts';
import {
  createOpenAIEmbedder,
  type EmbeddingEndpoint,
  ENDPOINT_PREPROCESSING,
  probeOpenAIEmbedder,
} from './openai-embedder.ts';
import type { EmbeddedSample } from './same-vectors.ts';

/**
 * The embedders that the settings allow: the offline one always, and with an endpoint that of every model there, for the
 * library's vectors may be of an earlier model than the one that the settings name. `sampleOf` gives some texts with their
 * vectors of a space, which such a model has to give them again.
 */
export function createEmbedders(
  endpoint: EmbeddingEndpoint | undefined,
  offline: Embedder,
  sampleOf: (space: EmbedderSpace) => Promise<EmbeddedSample[]>,
): Embedders {
  const made = new Map<string, Embedder>();
  const named: Embedders['named'] = async target => {
    if (!target) return offline;
    if (!endpoint || endpoint.baseUrl !== target.baseUrl) {
      const own = endpoint ? `uses ${endpoint.baseUrl ?? OPENAI_URL}` : 'has no EMBEDDING_MODEL';
      throw new AppError(
        'conflict',
        `The model "${target.model}" is at ${target.baseUrl ?? OPENAI_URL}, but the process that would do the work ${own}. Start it again with the new settings: it goes on searching the vectors that there are.`,
      );
    }
    return probeOpenAIEmbedder({ ...endpoint, model: target.model });
  };
  return {
    wanted: () => named(endpoint ?? null),
    named,
    of(space) {
      const key = describeSpace(space);
      const embedder =
        made.get(key) ?? embedderOf(space, { endpoint, offline, readSample: () => sampleOf(space) });
      made.set(key, embedder);
      return embedder;
    },
  };
}

interface Settings {
  endpoint: EmbeddingEndpoint | undefined;
  offline: Embedder;
  readSample: () => Promise<EmbeddedSample[]>;
}

function embedderOf(space: EmbedderSpace, { endpoint, offline, readSample }: Settings): Embedder {
  if (isSameSpace(space, offline.space)) return offline;
  const isOffline = space.model === OFFLINE_SPACE.model;
  if (isOffline || space.preprocessing !== ENDPOINT_PREPROCESSING)
    return unavailable(space, 'but this release prepares texts in another way. Go back to the one before');
  if (!endpoint)
    return unavailable(space, 'but EMBEDDING_MODEL is not set. Set it (and EMBEDDING_BASE_URL) again');
  const embedder = createOpenAIEmbedder({ ...endpoint, model: space.model }, space.dimensions);
  return space.model === endpoint.model ? embedder : createComparedEmbedder(embedder, readSample);
}

/** Searches go on by words alone, and what is ingested waits or fails with this reason. */
function unavailable(space: EmbedderSpace, why: string): Embedder {
  const message = `The library's vectors are of ${describeSpace(space)}, ${why}, or run \`zhujiao reembed\`.`;
  return {
    space,
    embed: async () => {
      throw new AppError('model-unavailable', message);
    },
  };
}
