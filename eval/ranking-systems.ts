import { createQueryEmbedder } from '../models/query-embedder.ts';
import { createLexicalIndex } from '../retrieval/lexical-index.ts';
import { type Legs, proposeCandidates } from '../retrieval/propose-candidates.ts';
import { RANKING_WEIGHTS } from '../retrieval/ranking-weights.ts';
import { createTranslator } from '../retrieval/translation/translate.ts';
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

/** The product first, then plain BM25, then the product changed by each of `ablations`, all over one library. */
export async function rankingSystems(
  { analyser, translate, index, embedder, vectorLeg, baseline }: OpenLibrary,
  ablations: readonly Ablation[],
): Promise<RankingSystem[]> {
  // Every index is over the same postings: only what it makes of a query differs.
  const content = await index.exportContent();
  const shared = {
    embedder: createQueryEmbedder(embedder),
    vectorLeg,
    // A ranking without its vectors is another system: its figures would be wrong.
    onLostVector: (error: unknown) => {
      throw error;
    },
  };
  const legsOf = ({ weights: changed, dictionary }: Omit<Ablation, 'id' | 'name'>): Legs => {
    const weights = { ...RANKING_WEIGHTS, ...changed };
    const words = dictionary ? createTranslator(analyser, dictionary) : translate;
    const own = createLexicalIndex({ analyser, translate: words, weights }, content);
    return { index: own, ...shared, weights };
  };
  return [
    productSystem(PRODUCT, { index, ...shared }),
    {
      id: BASELINE,
      rank: async ({ question, targetLanguage }) => baseline.rank(question, DEPTH, targetLanguage),
    },
    ...ablations.map(ablation => productSystem(ablation.id, legsOf(ablation))),
  ];
}

function productSystem(id: string, legs: Legs): RankingSystem {
  return {
    id,
    async rank({ question, targetLanguage }) {
      const filters = targetLanguage ? { language: targetLanguage } : {};
      const { candidates } = await proposeCandidates(legs, { query: question, filters }, DEPTH);
      return candidates.slice(0, DEPTH).map(({ resourceId }) => resourceId);
    },
  };
}
