import type { Config } from '../library/config.ts';
import type { Embedder } from '../models/embedder.ts';
import { createOfflineEmbedder } from '../models/offline-embedder.ts';
import { createOpenAIEmbedder } from '../models/openai-embedder.ts';
import type { Analyser } from '../retrieval/analysis.ts';

/** The embedder that the settings name, else the offline one. */
export async function createEmbedder(config: Config, analyser: Analyser): Promise<Embedder> {
  return config.embedding ? createOpenAIEmbedder(config.embedding) : createOfflineEmbedder(analyser.terms);
}
