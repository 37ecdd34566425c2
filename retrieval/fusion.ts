import type { NearPassage } from '../library/nearest-passages.ts';
import type { EmbedderSpace } from '../models/embedder.ts';
import { OFFLINE_SPACE } from '../models/offline-embedder.ts';
import type { RankedResource } from './lexical-index.ts';

/** A resource on its way to a result. */
export interface Candidate {
  resourceId: string;
  score: number;
  passages: { passageId: number; score: number }[];
}

/**
 * What a cosine of the offline embedder is worth beside the best lexical score. Its vectors are made of the same words,
 * so it breaks ties; with an equal vote (reciprocal ranks) it lost a quarter of the quality.
 */
const OFFLINE_WEIGHT = 0.05;
/** A model's cosine knows what words do not: half and half, before a set of labelled queries says better. */
const MODEL_WEIGHT = 1;
/** A passage is judged by itself and, half as much, by the resource that it stands in. */
const PARENT = 0.5;
const PASSAGES = 3;

/**
 * Joins the two legs: lexical scores as a share of the best one, plus a multiple of the cosine. Unordered.
 * Passage scores are on the scale of one query, comparable over its resources.
 */
export function fuse(
  hits: RankedResource[],
  near: NearPassage[],
  { space }: { space: EmbedderSpace },
): Candidate[] {
  const weight = space.model === OFFLINE_SPACE.model ? OFFLINE_WEIGHT : MODEL_WEIGHT;
  const best = hits[0]?.score || 1;
  const bestPassage = Math.max(
    ...hits.map(({ passages, resourceScore }) => (passages[0]?.score ?? 0) + PARENT * resourceScore),
    1e-9,
  );
  const candidates = new Map<string, Candidate>();
  for (const { resource, score, resourceScore, passages } of hits) {
    candidates.set(resource.id, {
      resourceId: resource.id,
      score: score / best,
      passages: passages.map(passage => ({
        passageId: passage.passageId,
        score: (passage.score + PARENT * resourceScore) / bestPassage,
      })),
    });
  }
  const cosines = new Map<string, number>();
  for (const { resourceId, passageId, cosine } of near) {
    cosines.set(resourceId, Math.max(cosine, cosines.get(resourceId) ?? 0));
    const candidate = candidates.get(resourceId) ?? { resourceId, score: 0, passages: [] };
    candidates.set(resourceId, candidate);
    const known = candidate.passages.find(passage => passage.passageId === passageId);
    if (known) known.score += weight * cosine;
    else candidate.passages.push({ passageId, score: weight * cosine });
  }
  for (const candidate of candidates.values()) {
    candidate.score += weight * (cosines.get(candidate.resourceId) ?? 0);
    candidate.passages = candidate.passages.sort((a, b) => b.score - a.score).slice(0, PASSAGES);
  }
  return [...candidates.values()];
}
