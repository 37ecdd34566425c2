import type { TermKind } from './term-stream.ts';
import type { Bm25 } from './weigh-terms.ts';

/**
 * The numbers by which resources are ordered, in one place, so that an evaluation can change them; `zhujiao eval
 * retrieval` shows what some are worth. Chosen by nDCG@10 on parts of 25 sets of labelled queries, not all on the same
 * part. What is worth less than a place in the order (wishes of the asker, the order of passages) stands where it is used.
 */
export interface RankingWeights {
  /** What a kind of term counts beside a Latin word or a Han bigram. */
  kinds: Record<TermKind, number>;
  /** Power of a term's inverse frequency: above 1, rare terms count more than BM25 has them, which replaces a stop list. */
  rarity: number;
  /** A term that a query repeats n times counts n to this power. */
  repetition: number;
  /** What the nearest known words count in the place of a word that the library does not have; 0: nothing. */
  misspelt: number;
  saturation: Bm25;
  /** Exercises share many short tokens by chance: repetition and shortness tell more there. */
  exerciseSaturation: Bm25;
  /** The score of the best passage beside that of the whole resource. */
  passage: number;
  /** A cosine of the offline embedder beside the best lexical score: its vectors are made of the same words. */
  offlineVector: number;
  /** A cosine of an embedding model beside the best lexical score. */
  modelVector: number;
  /** What it is worth to stand in the chapter or series whose resources fit best. */
  group: number;
  /** What a resource in another language than the query's counts, where both are looked for. */
  across: number;
  /** What English words count in a Chinese resource that teaches English, beside a translation. */
  taught: number;
  /** Query terms in the other language. */
  translation: {
    /** Power of the inverse frequency of a group of translations. */
    rarity: number;
    singleCharacter: number;
    /** Short words inside a long one: "光合" in "光合作用". */
    innerWord: number;
    /** A word inside a phrase that was translated as a whole. */
    inPhrase: number;
    /** The share of an English word itself beside its translations, where Chinese texts use it. */
    own: number;
    /** The pair of a two-word translation beside its words. */
    pair: number;
    /** Power of a translation's frequency in the library: usual words are likelier meant. */
    frequency: number;
    /** Power of a translation's place in the dictionary, the first being 1. */
    place: number;
    /** Shares below are dropped: they are noise, and cost. */
    leastShare: number;
  };
}

export const RANKING_WEIGHTS: RankingWeights = {
  kinds: { p: 1, b: 1, w: 0.3, u: 0.3 },
  rarity: 1.5,
  repetition: 0.5,
  misspelt: 0.8,
  saturation: { k1: 1.2, b: 0.75 },
  exerciseSaturation: { k1: 2, b: 0.9 },
  passage: 1,
  offlineVector: 0.25,
  modelVector: 1,
  group: 0.1,
  across: 0.1,
  taught: 2.5,
  translation: {
    rarity: 1,
    singleCharacter: 0.4,
    innerWord: 0.3,
    inPhrase: 0.5,
    own: 0.3,
    pair: 2,
    frequency: 0.5,
    place: 0.5,
    leastShare: 0.02,
  },
};
