import { RANKING_WEIGHTS, type RankingWeights } from '../retrieval/ranking-weights.ts';
import type { Dictionary } from '../retrieval/translation/dictionary.ts';

/** The product with one thing left out or changed. */
export interface Ablation {
  id: string;
  name: Record<'zh' | 'en', string>;
  weights?: Partial<RankingWeights>;
  /** In the place of the bilingual dictionary. */
  dictionary?: Dictionary;
}

const { kinds, saturation } = RANKING_WEIGHTS;

export const ABLATIONS: readonly Ablation[] = [
  {
    id: 'no-dictionary',
    name: { zh: '不用双语词典', en: 'without the dictionary' },
    dictionary: { english: () => [], chinese: () => [], has: () => false },
  },
  {
    id: 'no-passages',
    name: { zh: '不看最佳段落', en: 'without best passages' },
    weights: { passage: 0 },
  },
  {
    id: 'plain-rarity',
    name: { zh: '不加重罕见词', en: 'rare terms as in BM25' },
    weights: { rarity: 1 },
  },
  {
    id: 'no-pairs',
    name: { zh: '不看相邻英文词', en: 'without pairs of words' },
    weights: { kinds: { ...kinds, w: 0 } },
  },
  {
    id: 'no-characters',
    name: { zh: '不看单个汉字', en: 'without single characters' },
    weights: { kinds: { ...kinds, u: 0 } },
  },
  {
    id: 'no-groups',
    name: { zh: '不看同章资源', en: 'without chapters' },
    weights: { group: 0 },
  },
  {
    id: 'no-vectors',
    name: { zh: '不用离线向量', en: 'without offline vectors' },
    weights: { offlineVector: 0 },
  },
  {
    id: 'no-spelling',
    name: { zh: '不容错拼', en: 'without other spellings' },
    weights: { misspelt: 0 },
  },
  {
    id: 'no-exercises',
    name: { zh: '不区别对待习题', en: 'exercises like all else' },
    weights: { exerciseSaturation: saturation },
  },
];
