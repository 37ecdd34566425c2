import type { NearestFilters } from '../library/nearest-passages.ts';
import type { Analyser, Term } from './analysis.ts';
import { FAMILIES, familyOf, type LanguageFamily } from './language.ts';
import type { LexicalHit } from './lexical-search.ts';
import { addUnit, beginResource } from './open-segment.ts';
import { createPacer } from './pacer.ts';
import { RANKING_WEIGHTS, type RankingWeights } from './ranking-weights.ts';
import { createQueryReader } from './read-query.ts';
import { createResourceTable } from './resource-table.ts';
import { HEADER_UNITS, type Segment } from './segment.ts';
import {
  closeOpen,
  createSegmentList,
  isFull,
  resourcesWith,
  type SegmentList,
  segmentsOf,
  tidySegments,
  totalsOf,
} from './segment-list.ts';
import { createTermStream } from './term-stream.ts';
import type { Translate } from './translation/translate.ts';
import { inverseFrequency } from './weigh-terms.ts';

/** What the index keeps of a resource besides its terms: enough to filter and boost without asking the database. */
export interface IndexedResource {
  id: string;
  versionId: string;
  language: string;
  stage: string | null;
  subject: string | null;
  type: string | null;
  /** Equal for the resources of one chapter or series, see `groupOf`. */
  group: number;
}

export interface IndexedPassage {
  /** Id of its row. */
  id: number;
  heading: string[];
  text: string;
}

/** The text of a resource. Passages may come as they are read. */
export interface IndexedContent {
  title: string;
  description: string | null;
  /** Exactly as many passages follow. */
  passageCount: number;
  passages: Iterable<IndexedPassage> | AsyncIterable<IndexedPassage>;
}

export interface LexicalQuery {
  /** Families to look in. A query's own family is that of its text. */
  families?: readonly LanguageFamily[];
  /** Number of resources. */
  limit: number;
  /** Number of passages of each; 3 without it. */
  passages?: number;
  /** What does not fit is not found. */
  filters?: NearestFilters;
  /** Ids of resources to leave out. */
  exclude?: readonly string[];
}

/** A resource found. `score` is raw: comparable within one query only. */
export interface RankedResource extends Omit<LexicalHit, 'slot'> {
  resource: IndexedResource;
}

export interface LexicalRanking {
  /** Best first. */
  hits: RankedResource[];
  /** What a text would score in which every term of the query stands often: the measure of what `score` is worth. */
  ceiling: number;
}

export interface IndexStatistics {
  resources: number;
  passages: number;
  /** Of both families and all segments; a term of several segments counts several times. */
  terms: number;
  postings: number;
  segments: number;
}

/** All that a snapshot has to hold; see `exportIndex` and `createLexicalIndex`. */
export interface IndexContent {
  lists: { family: LanguageFamily; segments: Segment[] }[];
  /** By slot. */
  resources: (IndexedResource | null)[];
}

/** Passages of one resource beyond this number are not indexed: 20 million characters are no learning resource. */
export const MOST_PASSAGES = 65_533;

/** Families with fewer resources have no statistics of their own. */
const LEAST_FOR_STATISTICS = 10;

/** What an index works with; `weights` are others than the product's in an evaluation. */
export interface IndexParts {
  analyser: Analyser;
  translate: Translate;
  weights?: RankingWeights;
}

export type LexicalIndex = ReturnType<typeof createLexicalIndex>;

/**
 * The exact BM25 index of a library, in memory: a cache of what the database holds. Reading is synchronous; changes are
 * asynchronous, made one after the other, and never hold the event loop for more than some milliseconds.
 */
export function createLexicalIndex(
  { analyser, translate, weights = RANKING_WEIGHTS }: IndexParts,
  content?: IndexContent,
  isBusy?: () => boolean,
) {
  const lists: Record<LanguageFamily, SegmentList> = {
    zh: createSegmentList('zh'),
    en: createSegmentList('en'),
  };
  const resources = createResourceTable(content?.resources);
  for (const list of content?.lists ?? []) lists[list.family].closed = [...list.segments];

  const stream = createTermStream();
  const pacer = createPacer(undefined, isBusy);
  const isLive = (slot: number) => resources.at(slot) !== null;
  let lastChange: Promise<void> = Promise.resolve();
  /** Changes wait for each other: the open segment has one writer. */
  const change = (work: () => Promise<void>): Promise<void> => {
    const done = lastChange.then(work);
    lastChange = done.catch(() => undefined);
    return done;
  };

  async function addNow(
    resource: IndexedResource,
    { title, description, passageCount, passages }: IndexedContent,
  ) {
    const list = lists[familyOf(resource.language)];
    const units = Math.min(passageCount, MOST_PASSAGES);
    if (isFull(list, units + HEADER_UNITS)) {
      await closeOpen(list, pacer);
      await tidySegments(list, isLive, pacer);
    }
    // Until the last passage is in, the slot is empty and nobody finds the resource; if it fails it stays so.
    const slot = resources.reserve();
    beginResource(list.open, slot, units);
    let room = units;
    for (const text of [title, description ?? '']) {
      analyser.analyse(text, stream);
      addUnit(list.open, stream, 0);
    }
    for await (const passage of passages) {
      if (room-- === 0) break;
      // The lowest heading alone: the whole path makes 0.2% more of the first places wrong, none 0.5%.
      analyser.analyse(`${passage.heading.at(-1) ?? ''}\n${passage.text}`, stream);
      addUnit(list.open, stream, passage.id);
      if (pacer.due()) await pacer.pause();
    }
    resources.remove(resource.id);
    resources.put(slot, resource);
  }

  const tidyNow = async () => {
    for (const family of FAMILIES) await tidySegments(lists[family], isLive, pacer);
  };

  const readQuery = createQueryReader({
    analyser,
    translate,
    weights,
    lists,
    resourceAt: resources.at,
  });

  function search(query: string, options: LexicalQuery): LexicalRanking {
    const { filters, exclude, families = FAMILIES, passages = 3, limit } = options;
    const wanted = resources.wanted(filters, exclude);
    const { hits, ceiling } = readQuery(query, families, { limit, passages, ...wanted });
    return { hits: hits.map(({ slot, ...hit }) => ({ ...hit, resource: resources.at(slot)! })), ceiling };
  }

  return {
    /** Adds a resource, or replaces it; it can be found, with all its passages, when the promise resolves. */
    add: (resource: IndexedResource, text: IndexedContent) => change(() => addNow(resource, text)),
    /** Takes a resource out of every search at once; its memory is freed by `tidy`. Returns whether it was there. */
    remove: resources.remove,
    /** Merges what has become small or thin. */
    tidy: () => change(tidyNow),
    search,
    find: resources.find,
    /**
     * ln(1 + (N - n + 0.5) / (n + 0.5)) over the resources of a family, or of all where the family has too few of its
     * own to tell a rare word from a common one.
     */
    idf(term: Pick<Term, 'key'>, family: LanguageFamily): number {
      const own = totalsOf(lists[family]).resources >= LEAST_FOR_STATISTICS;
      let count = 0;
      let of = 0;
      for (const name of own ? [family] : FAMILIES) {
        of += totalsOf(lists[name]).resources;
        count += resourcesWith(lists[name], term.key);
      }
      return inverseFrequency({ count, of });
    },
    statistics(): IndexStatistics {
      const segments = FAMILIES.flatMap(family => segmentsOf(lists[family]));
      const sum = (size: (segment: (typeof segments)[number]) => number) =>
        segments.reduce((total, segment) => total + size(segment), 0);
      return {
        resources: resources.size(),
        passages: FAMILIES.reduce((total, family) => total + totalsOf(lists[family]).passages, 0),
        terms: sum(segment => segment.termCount),
        postings: sum(segment => segment.postingCount),
        segments: segments.length,
      };
    },
    /** What a snapshot holds. Closes the open segments; nothing of what is returned changes afterwards. */
    async exportContent(): Promise<IndexContent> {
      let result: IndexContent | undefined;
      await change(async () => {
        for (const family of FAMILIES) {
          await closeOpen(lists[family], pacer);
          await tidySegments(lists[family], isLive, pacer);
        }
        result = {
          lists: FAMILIES.map(family => ({ family, segments: lists[family].closed })),
          resources: resources.content(),
        };
      });
      return result!;
    },
  };
}
