/** What makes vectors comparable: the model, its dimensions and how text is prepared for it. */
export interface EmbedderSpace {
  model: string;
  dimensions: number;
  preprocessing: string;
}

/** Turns texts into vectors of unit length (or all zero for a text without content), `space.dimensions` long. */
export interface Embedder {
  space: EmbedderSpace;
  embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>;
}
