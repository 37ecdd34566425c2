import type { Embedder, EmbedderSpace } from './embedder.ts';
import { FUNCTION_WORDS } from './function-words.ts';

/** A distinct term of a text, as the text analysis gives it. */
export interface EmbeddedTerm {
  /** A hash of at least 36 well-mixed bits. */
  key: number;
  kind: string;
  text: string;
  count: number;
}

const DIMENSIONS = 256;
/** Raise `preprocessing` whenever the same text would give another vector. */
export const OFFLINE_SPACE: EmbedderSpace = {
  model: 'zhujiao-hashed',
  dimensions: DIMENSIONS,
  preprocessing: '3',
};

/** What a kind of term counts. */
const KIND_WEIGHTS: Record<string, number> = { p: 1, b: 0.4, u: 0.15, w: 0.3 };

/** Function words count a tenth; so many characters the longest has. */
const LONGEST_FUNCTION_WORD = 7;

/**
 * Vectors without a model: every term of a text votes for four fixed dimensions with fixed signs (feature hashing,
 * Weinberger et al. 2009); with one dimension each, collisions would confuse instead of blur. Texts are near when they
 * share terms, so it finds no synonyms; it is what search by vectors falls back to. `analyse` gives the distinct terms
 * of a text.
 */
export function createOfflineEmbedder(analyse: (text: string) => Iterable<EmbeddedTerm>): Embedder {
  return {
    space: OFFLINE_SPACE,
    local: true,
    embed: async texts => texts.map(text => embedTerms(analyse(text))),
  };
}

function embedTerms(terms: Iterable<EmbeddedTerm>): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const { key, kind, text, count } of terms) {
    const weight = weightOf(kind, text) * (1 + Math.log(count));
    // Nine bits of the key are a dimension and a sign; the lower half of the key has three such places, the upper one.
    addAt(vector, key, weight);
    addAt(vector, key >>> 9, weight);
    addAt(vector, key >>> 18, weight);
    addAt(vector, key / 4_294_967_296, weight);
  }
  let square = 0;
  for (const value of vector) square += value * value;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let i = 0; i < DIMENSIONS; i++) vector[i]! *= scale;
  return vector;
}

function addAt(vector: Float32Array, bits: number, weight: number): void {
  vector[(bits >>> 1) & (DIMENSIONS - 1)]! += bits & 1 ? weight : -weight;
}

function weightOf(kind: string, text: string): number {
  const weight = KIND_WEIGHTS[kind] ?? 0;
  return text.length <= LONGEST_FUNCTION_WORD && FUNCTION_WORDS.has(text) ? weight / 10 : weight;
}
