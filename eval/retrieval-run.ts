import { familyOf, type LanguageFamily } from '../retrieval/language.ts';
import { createRandom, quantile } from './bootstrap.ts';
import type { LabelledCase } from './cases.ts';
import { type Half, splitHalves } from './halves.ts';
import { scoreRanking } from './metrics.ts';
import { PRODUCT, type RankingSystem } from './ranking-systems.ts';

/** Labelled queries of one source and kind. */
export interface QuerySet {
  name: string;
  cases: LabelledCase[];
}

/** Language of the queries and, where it is another, of what answers them. */
export type Direction = 'zh' | 'en' | 'zh2en' | 'en2zh';

/** Scores by system, one for each query in the order of `ids`. */
export type ScoresBySystem = Record<string, number[]>;

export interface SetResult {
  name: string;
  direction: Direction;
  /** How many labelled queries the set has; `ids` are those that were ranked. */
  of: number;
  /** Ranked queries none of whose relevant resources is in the library: every system scores 0 there. */
  absent: number;
  ids: string[];
  halves: Half[];
  ndcg10: ScoresBySystem;
  recall10: ScoresBySystem;
}

/** Milliseconds that the product took for a query, over all queries of the run. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
}

export interface RankedSets {
  sets: SetResult[];
  milliseconds: Latency;
}

/**
 * Ranks every query by every system. Queries without a relevant resource are left out; of each set at most `sample`
 * queries are ranked, always the same ones.
 * @param systems the product among them
 * @param languages of the resources of the library, by id
 */
export async function rankQueries(
  sets: readonly QuerySet[],
  systems: readonly RankingSystem[],
  { sample, languages }: { sample: number; languages: ReadonlyMap<string, LanguageFamily> },
  onSet: (set: SetResult, done: number) => void = () => undefined,
): Promise<RankedSets> {
  const labelled = sets
    .map(({ name, cases }) => ({ name, cases: cases.filter(({ relevant }) => relevant.length > 0) }))
    .filter(({ cases }) => cases.length > 0);
  const halves = splitHalves(labelled.flatMap(({ cases }) => cases.map(({ relevant }) => relevant)));
  const times: number[] = [];
  const results: SetResult[] = [];
  for (const { name, cases } of labelled) {
    const own = halves.splice(0, cases.length);
    const chosen = sampleOf(
      cases.map((query, i) => ({ query, half: own[i]! })),
      sample,
    );
    const scores = await scoreSystems(
      chosen.map(({ query }) => query),
      systems,
      times,
    );
    results.push({
      name,
      direction: directionOf(cases, languages),
      of: cases.length,
      absent: chosen.filter(({ query }) => !query.relevant.some(id => languages.has(id))).length,
      ids: chosen.map(({ query }) => query.id),
      halves: chosen.map(({ half }) => half),
      ...scores,
    });
    onSet(results.at(-1)!, results.length);
  }
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => (sorted.length === 0 ? 0 : quantile(sorted, share));
  return { sets: results, milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99) } };
}

/** Systems take turns at each query, so that a busy moment of the machine does not fall on one of them. */
async function scoreSystems(cases: LabelledCase[], systems: readonly RankingSystem[], times: number[]) {
  const empty = (): ScoresBySystem => Object.fromEntries(systems.map(({ id }) => [id, []]));
  const ndcg10 = empty();
  const recall10 = empty();
  for (const query of cases) {
    for (const { id, rank } of systems) {
      const started = performance.now();
      const ranked = await rank(query);
      if (id === PRODUCT) times.push(performance.now() - started);
      const score = scoreRanking(ranked, query.grades);
      ndcg10[id]!.push(score.ndcg10);
      recall10[id]!.push(score.recall10);
    }
  }
  return { ndcg10, recall10 };
}

/** The first `size` in a shuffled order that is the same every time (Fisher-Yates), in their own order. */
function sampleOf<T>(items: T[], size: number): T[] {
  if (items.length <= size) return items;
  const random = createRandom(7);
  const places = items.map((_, i) => i);
  for (let i = places.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [places[i], places[other]] = [places[other]!, places[i]!];
  }
  return places
    .slice(0, size)
    .sort((a, b) => a - b)
    .map(place => items[place]!);
}

/** What most queries of a set ask in and for; the language of a relevant resource tells what a query does not say. */
function directionOf(cases: LabelledCase[], languages: ReadonlyMap<string, LanguageFamily>): Direction {
  const counts = new Map<Direction, number>();
  for (const { language, targetLanguage, relevant } of cases) {
    const found = relevant.map(id => languages.get(id)).find(family => family !== undefined);
    const target = targetLanguage ? familyOf(targetLanguage) : (found ?? language ?? 'en');
    const from = language ?? target;
    const direction = from === target ? from : (`${from}2${target}` as Direction);
    counts.set(direction, (counts.get(direction) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}
