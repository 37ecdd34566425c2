import type { Config } from '../library/config.ts';
import type { Embedder } from './embedder.ts';
export function createOpenAIEmbedder(_config: NonNullable<Config['embedding']>): Embedder {
  throw new Error('placeholder');
}
