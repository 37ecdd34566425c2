import type { Stage } from '../../library/resources.ts';
import type { ResourceToStore } from '../../library/store-resources.ts';
import { createSyntheticLibrary, type SyntheticQuery } from './synthetic-library.ts';
import { NEIGHBOURS } from './vector-truth.ts';

/** What every store gets and is asked. */
export interface PeerData {
  dimensions: number;
  resources: ResourceToStore[];
  /** The passages of `resources`, in order. */
  passages: { stage: string; text: string; vector: Float32Array }[];
  queries: SyntheticQuery[];
  /** By filter and query, the numbers of the passages that are nearest. */
  truths: Map<Stage | undefined, Set<number>[]>;
}

/** No filter, and stages of about half and about 5% of the passages. */
export const FILTERS: (Stage | undefined)[] = [undefined, 'higher', 'vocational'];

/** Makes at least so many passages, in memory; every query is compared with each of them. */
export function makePeerData(size: { passages: number; dimensions: number; queries: number }): PeerData {
  const { dimensions } = size;
  const library = createSyntheticLibrary({ dimensions });
  const resources: ResourceToStore[] = [];
  const passages: PeerData['passages'] = [];
  for (let n = 0; passages.length < size.passages; n++) {
    const resource = library.resource(n);
    resources.push(resource);
    const stage = resource.input.stage ?? '';
    for (const { text, vector } of resource.passages) passages.push({ stage, text, vector });
  }
  const queries = Array.from({ length: size.queries }, (_, i) => library.query(i, resources.length));
  const nearest = (stage: Stage | undefined) =>
    queries.map(({ vector }) => nearestOf(passages, vector, stage));
  return {
    dimensions,
    resources,
    passages,
    queries,
    truths: new Map(FILTERS.map(stage => [stage, nearest(stage)])),
  };
}

function nearestOf(
  passages: PeerData['passages'],
  query: Float32Array,
  stage: Stage | undefined,
): Set<number> {
  const scored: { at: number; dot: number }[] = [];
  for (let at = 0; at < passages.length; at++) {
    const { vector, stage: own } = passages[at]!;
    if (stage !== undefined && own !== stage) continue;
    let dot = 0;
    for (let i = 0; i < vector.length; i++) dot += vector[i]! * query[i]!;
    scored.push({ at, dot });
  }
  scored.sort((a, b) => b.dot - a.dot);
  return new Set(scored.slice(0, NEIGHBOURS).map(({ at }) => at));
}

/** Groups of resources with `size` passages or a few more together. */
export function* chunksOf(resources: ResourceToStore[], size: number): Generator<ResourceToStore[]> {
  let batch: ResourceToStore[] = [];
  let passages = 0;
  for (const resource of resources) {
    batch.push(resource);
    passages += resource.passages.length;
    if (passages < size) continue;
    yield batch;
    batch = [];
    passages = 0;
  }
  if (batch.length > 0) yield batch;
}
