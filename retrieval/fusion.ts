import type { NearPassage } from '../library/nearest-passages.ts';
import type { EmbedderSpace } from '../models/embedder.ts';
import { OFFLINE_SPACE } from '../models/offline-embedder.ts';
import type { RankedResource } from './lexical-index.ts';
import type { RankingWeights } from './ranking-weights.ts';

/** A resource on its way to a result. */
export interface Candidate {
  resourceId: string;
  score: number;
  passages: { passageId: number; score: number }[];
}

/** A passage is judged by itself and, half as much, by the resource that it stands in. */
const PARENT = 0.5;
/** A group is as good as its three best resources. */
const GROUP_SIZE = 3;

/** Whether vectors of this space are made of the words of a text: they cannot find what shares none with the query. */
export function knowsOnlyWords(space: EmbedderSpace): boolean {
  return space.model === OFFLINE_SPACE.model;
}

/**
 * Joins the two legs: lexical scores as a share of the best one, plus a multiple of the cosine. Unordered.
 * Passage scores are on the scale of one query, comparable over its resources; `passages` are kept of each.
 */
export function fuse(
  hits: RankedResource[],
  near: NearPassage[],
  { space, weights, passages: kept }: { space: EmbedderSpace; weights: RankingWeights; passages: number },
): Candidate[] {
  const isOffline = knowsOnlyWords(space);
  const weight = isOffline ? weights.offlineVector : weights.modelVector;
  const best = hits[0]?.score || 1;
  const bestPassage = Math.max(
    ...hits.map(({ passages, resourceScore }) => (passages[0]?.score ?? 0) + PARENT * resourceScore),
    1e-9,
  );
  const groups = scoreGroups(hits);
  const candidates = new Map<string, Candidate>();
  for (const { resource, score, resourceScore, passages } of hits) {
    candidates.set(resource.id, {
      resourceId: resource.id,
      score: score / best + weights.group * groups.get(resource.group)!,
      passages: passages.map(passage => ({
        passageId: passage.passageId,
        score: (passage.score + PARENT * resourceScore) / bestPassage,
      })),
    });
  }
  const cosines = new Map<string, number>();
  for (const { resourceId, passageId, cosine } of near) {
    cosines.set(resourceId, Math.max(cosine, cosines.get(resourceId) ?? 0));
    // What shares no word with the query is near to it by chance, if the vectors are made of words.
    if (isOffline && !candidates.has(resourceId)) continue;
    const candidate = candidates.get(resourceId) ?? { resourceId, score: 0, passages: [] };
    candidates.set(resourceId, candidate);
    const known = candidate.passages.find(passage => passage.passageId === passageId);
    if (known) known.score += weight * cosine;
    else candidate.passages.push({ passageId, score: weight * cosine });
  }
  for (const candidate of candidates.values()) {
    candidate.score += weight * (cosines.get(candidate.resourceId) ?? 0);
    candidate.passages = candidate.passages.sort((a, b) => b.score - a.score).slice(0, kept);
  }
  return [...candidates.values()];
}

/** Sum of the best scores of every group's hits, 1 for the best group. `hits` come best first. */
function scoreGroups(hits: RankedResource[]): Map<number, number> {
  const sums = new Map<number, number>();
  const counts = new Map<number, number>();
  for (const { resource, score } of hits) {
    const count = counts.get(resource.group) ?? 0;
    if (count < GROUP_SIZE) sums.set(resource.group, (sums.get(resource.group) ?? 0) + score);
    counts.set(resource.group, count + 1);
  }
  const most = Math.max(...sums.values(), 1e-9);
  return new Map([...sums].map(([group, sum]) => [group, sum / most]));
}
