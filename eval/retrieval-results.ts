import type { LanguageFamily } from '../retrieval/language.ts';
import { type Comparison, comparePaired, type PairedScores } from './bootstrap.ts';
import type { Half } from './halves.ts';
import { BASELINE, PRODUCT } from './ranking-systems.ts';
import type { Direction, RankedSets, SetResult } from './retrieval-run.ts';

/** All that a run found, per query: what the report is made of, and what can be compared with another run. */
export interface RetrievalResults extends RankedSets {
  /** ISO time of the run. */
  at: string;
  /** The command that gives these figures again; LIBRARY and QUERIES stand for folders that are not the samples. */
  command: string;
  library: { resources: number; passages: number; languages: Record<LanguageFamily, number> };
  /** At most so many queries of each set were ranked; null for all. */
  sample: number | null;
  ablations: { id: string; name: Record<'zh' | 'en', string> }[];
}

/** Query sets that are read together: those within a language, those across, and all. */
export const GROUPS = ['within', 'across', 'all'] as const;
export type Group = (typeof GROUPS)[number];

const DIRECTIONS: Record<Group, readonly Direction[]> = {
  within: ['zh', 'en'],
  across: ['zh2en', 'en2zh'],
  all: ['zh', 'en', 'zh2en', 'en2zh'],
};

export interface SetSummary {
  name: string;
  direction: Direction;
  of: number;
  absent: number;
  /** nDCG@10 beside plain BM25. */
  ndcg10: Comparison;
  recall10: Comparison;
}

/** By group; null where the run has no such set. */
export type ByGroup = Record<Group, Comparison | null>;

export interface RetrievalSummary {
  /** nDCG@10 beside plain BM25, every set counting the same. */
  groups: ByGroup;
  /** The same on each half; a set without queries in a half is left out there. */
  halves: Record<Half, ByGroup>;
  sets: SetSummary[];
  /** nDCG@10 of the product with one thing left out (`system`) beside the whole product (`baseline`). */
  ablations: (RetrievalResults['ablations'][number] & { groups: ByGroup })[];
}

/** Means with intervals of all that a report or a table shows. Pure; takes about a second for 10,000 queries. */
export function summarise({ sets, ablations }: RetrievalResults): RetrievalSummary {
  const halfOf = (half: Half) => byGroup(sets, set => pairsOf(set, 'ndcg10', PRODUCT, BASELINE, half));
  return {
    groups: byGroup(sets, set => pairsOf(set, 'ndcg10', PRODUCT, BASELINE)),
    halves: { tuning: halfOf('tuning'), 'held-out': halfOf('held-out') },
    sets: sets.map(set => ({
      name: set.name,
      direction: set.direction,
      of: set.of,
      absent: set.absent,
      ndcg10: comparePaired([pairsOf(set, 'ndcg10', PRODUCT, BASELINE)]),
      recall10: comparePaired([pairsOf(set, 'recall10', PRODUCT, BASELINE)]),
    })),
    ablations: ablations.map(ablation => ({
      ...ablation,
      groups: byGroup(sets, set => pairsOf(set, 'ndcg10', ablation.id, PRODUCT)),
    })),
  };
}

function byGroup(sets: readonly SetResult[], pairs: (set: SetResult) => PairedScores): ByGroup {
  const compare = (group: Group) => {
    const own = sets.filter(({ direction }) => DIRECTIONS[group].includes(direction)).map(pairs);
    const filled = own.filter(({ system }) => system.length > 0);
    return filled.length === 0 ? null : comparePaired(filled);
  };
  return { within: compare('within'), across: compare('across'), all: compare('all') };
}

function pairsOf(
  set: SetResult,
  measure: 'ndcg10' | 'recall10',
  system: string,
  baseline: string,
  half?: Half,
): PairedScores {
  const of = (id: string) => set[measure][id]!.filter((_, i) => half === undefined || set.halves[i] === half);
  return { system: of(system), baseline: of(baseline) };
}
