import type { Embedder, EmbedderSpace } from './embedder.ts';

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
  preprocessing: '2',
};

/** What a kind of term counts; `j` words carry most of the meaning of Chinese, `p` stems that of other languages. */
const KIND_WEIGHTS: Record<string, number> = { p: 1, j: 1, b: 0.4, u: 0.15, w: 0.3 };

/** Words and characters that say how a text is built, not what it is about. They count a tenth. */
const FUNCTION_WORDS = new Set(
  (
    'a an the and or but if of to in on at by for with from as is are was were be been it its this that these those ' +
    'he she they we you i his her their our your my not no do does did have has had can could will would should may ' +
    'might must what which who whom whose when where why how all any each some such than then there here into out up ' +
    'about between through over under more most other one two also only very so just 的 了 是 在 和 与 或 有 不 这 那 ' +
    '我 你 他 她 它 们 为 以 及 对 中 上 下 个 一 什么 怎么 如何 为什么 哪些 哪个 多少 可以 我们 你们 他们 这个 那个 一个 进行'
  ).split(' '),
);

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
