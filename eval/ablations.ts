import type { RankingParts } from './ranking-systems.ts';

/** The product with one thing left out or changed. */
export interface Ablation {
  id: string;
  name: Record<'zh' | 'en', string>;
  change(parts: RankingParts): RankingParts;
}

export const ABLATIONS: readonly Ablation[] = [
  {
    id: 'no-vectors',
    name: { zh: '不用向量', en: 'without vectors' },
    change: parts => ({
      ...parts,
      vectorLeg: { search: async () => [], compare: () => [] },
    }),
  },
];
