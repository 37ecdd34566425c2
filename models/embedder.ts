import type { TargetModel } from '../library/reembedding.ts';

/** What makes vectors comparable: the model, its dimensions and how text is prepared for it. */
export interface EmbedderSpace {
  model: string;
  dimensions: number;
  preprocessing: string;
}

/** Turns texts into vectors of unit length (or all zero for a text without content), `space.dimensions` long. */
export interface Embedder {
  space: EmbedderSpace;
  /** Computed here, at no cost: looking a vector up by its text would take longer. */
  local?: true;
  /** `attempts` in all while an endpoint is busy or failing; as many as ingestion can wait for without it. */
  embed(texts: string[], signal?: AbortSignal, attempts?: number): Promise<Float32Array[]>;
}

/** The embedders that a process can make. */
export interface Embedders {
  /**
   * The one that the settings name; an endpoint is asked for the dimension of its vectors.
   * @throws AppError `model-unavailable`, `model-misbehaved`
   */
  wanted(): Promise<Embedder>;
  /**
   * That of another model at the endpoint of the settings; null is the offline one.
   * @throws AppError `conflict` when the endpoint is another, and what `wanted` throws
   */
  named(model: TargetModel | null): Promise<Embedder>;
  /** The one of a space, without asking anybody; where the settings do not allow it, it fails when it is used. */
  of(space: EmbedderSpace): Embedder;
}
