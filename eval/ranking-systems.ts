import { proposeCandidates } from '../retrieval/propose-candidates.ts';
import type { Ablation } from './ablations.ts';
import type { LabelledCase } from './cases.ts';
import type { OpenLibrary } from './open-library.ts';

/** Resources that a ranking names, and that are looked at for the reciprocal rank. */
const DEPTH = 100;

/** Something that ranks resources for a query. */
export interface RankingSystem {
  id: string;
  /** Ids of resources, best first, at most 100; a target language is a hard filter. */
  rank(query: Pick<LabelledCase, 'question' | 'targetLanguage'>): Promise<string[]>;
}

/** Ids of the two systems that every run has. */
export const PRODUCT = 'zhujiao';
export const BASELINE = 'bm25';

/** What the product ranks with. */
export type RankingParts = Parameters<typeof proposeCandidates>[0];

/** The product first, then plain BM25, then the product changed by each of `ablations`, all over one library. */
export function rankingSystems(
  { index, embedder, vectorLeg, baseline }: OpenLibrary,
  ablations: readonly Ablation[],
): RankingSystem[] {
  const parts = { index, embedder, vectorLeg };
  return [
    productSystem(PRODUCT, parts),
    {
      id: BASELINE,
      rank: async ({ question, targetLanguage }) => baseline.rank(question, DEPTH, targetLanguage),
    },
    ...ablations.map(({ id, change }) => productSystem(id, change(parts))),
  ];
}

function productSystem(id: string, parts: RankingParts): RankingSystem {
  return {
    id,
    async rank({ question, targetLanguage }) {
      const filters = targetLanguage ? { language: targetLanguage } : {};
      const { candidates } = await proposeCandidates(parts, { query: question, filters }, DEPTH);
      return candidates.slice(0, DEPTH).map(({ resourceId }) => resourceId);
    },
  };
}
