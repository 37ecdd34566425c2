import { AppError } from '../../library/errors.ts';
import { isSameSpace } from '../../library/spaces.ts';
import type { Embedder, Embedders } from '../embedder.ts';

/** A process that has these embedders and no other; the first is the one that its settings name. */
export function onlyEmbedders(...embedders: [Embedder, ...Embedder[]]): Embedders {
  return {
    wanted: async () => embedders[0],
    named: async target => embedders.find(({ space }) => space.model === target?.model) ?? embedders[0],
    of: space =>
      embedders.find(embedder => isSameSpace(embedder.space, space)) ?? {
        space,
        embed: async () => {
          throw new AppError('model-unavailable', `There is no embedder for ${space.model} here.`);
        },
      },
  };
}
