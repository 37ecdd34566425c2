import { type Comparison, verdictOf } from '../bootstrap.ts';
import type { RetrievalSummary, SetSummary } from '../retrieval-results.ts';
import type { Direction } from '../retrieval-run.ts';
import { ratioAxis } from './axis.ts';
import { ratioWithInterval, whole } from './figures.ts';
import { type IntervalRow, intervalPlot } from './interval-plot.ts';
import type { Markup } from './markup.ts';
import type { ReportWords } from './words.ts';

const DIRECTIONS: readonly Direction[] = ['zh', 'en', 'zh2en', 'en2zh'];

/** Ratio to plain BM25 of every set, under its direction, then of all sets within and across languages. */
export function setPlot({ sets, groups }: RetrievalSummary, words: ReportWords, width: number): Markup {
  const rows: IntervalRow[] = DIRECTIONS.flatMap(direction => {
    const own = sets.filter(set => set.direction === direction);
    return own.length === 0
      ? []
      : [
          { kind: 'heading' as const, label: words.directions[direction] },
          ...own.map(set => rowOf(set, words)),
        ];
  });
  rows.push({ kind: 'heading', label: words.mean });
  for (const group of ['within', 'across'] as const) {
    const comparison = groups[group];
    if (comparison) rows.push(ratioRow('diamond', words.groups[group], comparison, words));
  }
  return ratioPlot(rows, words.figures.sets, words, width);
}

function rowOf({ name, ndcg10 }: SetSummary, words: ReportWords): IntervalRow {
  return ratioRow('point', setName(name), ndcg10, words);
}

/** A row with the ratio of a comparison and how many queries it rests on. */
export function ratioRow(
  kind: 'point' | 'diamond',
  label: string,
  comparison: Comparison,
  words: ReportWords,
): IntervalRow {
  const { ratio, queries } = comparison;
  return {
    kind,
    label: `${label} · ${whole(queries)}`,
    estimate: ratio,
    text: ratio ? ratioWithInterval(ratio) : words.noRatio,
    tone: verdictOf(comparison),
  };
}

export function ratioPlot(rows: IntervalRow[], title: string, words: ReportWords, width: number): Markup {
  return intervalPlot({
    title,
    rows,
    width,
    reference: { value: 1, label: words.reference },
    axisFor: ratioAxis,
    tickText: value => `${value}`,
  });
}

/** The name of a file of queries without what all of them have. */
export const setName = (name: string) => name.replace(/^questions\./, '').replaceAll('_', ' ');
