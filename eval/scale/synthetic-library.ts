import { contentHash, type Stage } from '../../library/resources.ts';
import type { ResourceToStore } from '../../library/store-resources.ts';
import { createRandom, type Random } from './random.ts';
import { createSyntheticWords, type SyntheticLanguage } from './synthetic-words.ts';

export interface SyntheticOptions {
  /** Numbers of a vector. */
  dimensions: number;
  /** The same seed gives the same library. */
  seed?: number;
  /** Topics, and with them clusters of vectors. */
  topics?: number;
}

/** A question with the vector that a model might give it. */
export interface SyntheticQuery {
  text: string;
  vector: Float32Array;
}

/** A library of any size that costs no memory: every resource is made from its number when it is wanted. */
export interface SyntheticLibrary {
  /** Resource number `n`, as ingestion hands it to the library; `revision` gives it another text and other vectors. */
  resource(n: number, revision?: number): ResourceToStore;
  /** Question number `i` about one of the first `resources` resources: some words of its topic, a vector near one of its. */
  query(i: number, resources: number): SyntheticQuery;
}

/**
 * The shares of a national platform: 130,000 resources of schools, 145,000 courses of universities, 12,500 of vocational
 * schools with 2,600 micro-specialties and 1,400 trainings, 8,000 for adults.
 */
const STAGES: [Stage | null, number][] = [
  ['higher', 0.485],
  ['primary', 0.16],
  ['junior', 0.14],
  ['senior', 0.125],
  ['vocational', 0.05],
  ['lifelong', 0.03],
  ['preschool', 0.005],
  [null, 0.005],
];
const VOCATIONAL_TYPES: [string, number][] = [
  ['course', 0.74],
  ['micro-specialty', 0.16],
  ['training', 0.1],
];
const LANGUAGES: [SyntheticLanguage, number][] = [
  ['zh', 0.85],
  ['en', 0.15],
];
const SUBJECTS = 40;
/** How often a resource has the stage of its topic, rather than any: filters and vectors agree in part. */
const STAGE_OF_TOPIC = 0.7;

/** Deviation of a resource from its topic, of a passage from its resource, of a question from its passage; lengths. */
const RESOURCE_NOISE = 0.8;
const PASSAGE_NOISE = 0.6;
const QUESTION_NOISE = 0.5;

/** Passages of a resource: log-normal, mean 3.7, as 19,928 real resources have 4.0 (half of them 1, the longest 5% 19). */
const passagesOf = (random: Random) => Math.min(120, Math.ceil(Math.exp(0.5 + 1.1 * random.normal())));
/** Characters of a passage, as the passages of real resources have them: median 325 Han, 1,000 Latin. */
const lengthOf = (random: Random, language: SyntheticLanguage) => {
  const length = language === 'zh' ? 330 + 150 * random.normal() : 900 + 250 * random.normal();
  return Math.max(40, Math.min(1200, length));
};

/** Streams of random numbers, so that no part of a library depends on how another is made. */
const STREAM = { words: 1, topics: 2, traits: 3, vectors: 4, texts: 5, queries: 6 };

/** Makes the generator of one library. Costs some 100 ms and 2 MB of topic vectors. */
export function createSyntheticLibrary(options: SyntheticOptions): SyntheticLibrary {
  const { dimensions, seed = 1, topics = 2000 } = options;
  const words = createSyntheticWords(createRandom(seed, STREAM.words, 0));
  const spread = spreadOf(dimensions);
  const noise = (random: Random, length: number) => spread.map(scale => random.normal() * scale * length);
  const even = new Float32Array(dimensions).fill(1);
  const centres = Array.from({ length: topics }, (_, topic) => {
    const random = createRandom(seed, STREAM.topics, topic);
    return unit(even.map(() => random.normal()));
  });

  const traitsOf = (n: number) => {
    const random = createRandom(seed, STREAM.traits, n);
    // Some topics have ten times the resources of others.
    const topic = Math.floor(topics * random.next() ** 1.5);
    const ofTopic = createRandom(seed, STREAM.topics, topics + topic);
    const topicStage = ofTopic.pick(STAGES);
    const stage = random.next() < STAGE_OF_TOPIC ? topicStage : random.pick(STAGES);
    return {
      topic,
      stage,
      subject: `subject-${Math.floor(SUBJECTS * ofTopic.next() ** 2)}`,
      language: random.pick(LANGUAGES),
      type: stage === 'vocational' ? random.pick(VOCATIONAL_TYPES) : stage === 'higher' ? 'course' : 'lesson',
      passages: passagesOf(random),
    };
  };

  /** Vectors of the passages of resource `n`, in order; the first ones without the rest if `count` is less. */
  const vectorsOf = (n: number, revision: number, topic: number, count: number): Float32Array[] => {
    const random = createRandom(seed + revision, STREAM.vectors, n);
    const own = plus(centres[topic]!, noise(random, RESOURCE_NOISE));
    return Array.from({ length: count }, () => unit(plus(own, noise(random, PASSAGE_NOISE))));
  };

  return {
    resource(n, revision = 0) {
      const { topic, stage, subject, language, type, passages } = traitsOf(n);
      const random = createRandom(seed + revision, STREAM.texts, n);
      const name = () => words.topicWord(random, language, topic);
      const join = (parts: string[]) => parts.join(language === 'zh' ? '' : ' ');
      const vectors = vectorsOf(n, revision, topic, passages);
      return {
        input: {
          id: `synthetic/${n}`,
          title: join([name(), name(), name(), `${n}`]),
          description: words.text(random, language, topic, language === 'zh' ? 60 : 160),
          text: '',
          language,
          source: `synthetic-${n % 40}`,
          stage: stage ?? undefined,
          audience: undefined,
          grade: undefined,
          subject,
          edition: undefined,
          type,
          provider: `provider-${n % 38}`,
          url: `https://library.example/${n}`,
          minutes: 10 + random.below(80),
          licence: 'CC BY 4.0',
          authors: undefined,
          teaches: [],
          prerequisites: [],
          validFrom: undefined,
          validUntil: undefined,
          metadata: {},
        },
        contentHash: contentHash([seed, n, revision]),
        passages: vectors.map(vector => ({
          heading: [join([name(), name()])],
          text: words.text(random, language, topic, lengthOf(random, language)),
          vector,
        })),
      };
    },
    query(i, resources) {
      const random = createRandom(seed, STREAM.queries, i);
      const n = random.below(resources);
      const { topic, language, passages } = traitsOf(n);
      const parts = Array.from({ length: 3 + random.below(5) }, () =>
        words.topicWord(random, language, topic),
      );
      const [near] = vectorsOf(n, 0, topic, 1 + random.below(passages)).slice(-1);
      return {
        text: parts.join(language === 'zh' ? '' : ' '),
        vector: unit(plus(near!, noise(random, QUESTION_NOISE))),
      };
    },
  };
}

/**
 * How far what differs within a topic reaches in each direction; of length 1. The variance falls as 1/rank, as the
 * principal components of text embeddings do: as many as if 23 of 256 directions were used evenly. Noise that is even
 * in all directions would make the neighbours of a vector a matter of chance, which no index can find.
 */
function spreadOf(dimensions: number): Float32Array {
  return unit(Float32Array.from({ length: dimensions }, (_, i) => 1 / Math.sqrt(i + 1)));
}

function plus(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value + b[i]!);
}

function unit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = 1 / Math.sqrt(squares);
  return vector.map(value => value * scale);
}
