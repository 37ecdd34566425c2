import { verdictOf } from '../bootstrap.ts';
import type { RetrievalSummary } from '../retrieval-results.ts';
import { milliseconds, ratioWithInterval, score, scoreWithInterval, whole } from './figures.ts';
import { type Markup, markup } from './markup.ts';
import { setName } from './set-plot.ts';
import type { ReportWords } from './words.ts';

/** A table that scrolls by itself where the screen is narrower; the keyboard reaches it. */
function scrolling(label: string, table: Markup): Markup {
  // biome-ignore format: one line of markup
  return markup`<div class="scrolling" role="group" aria-label="${label}" tabindex="0"><table>${table}</table></div>`;
}

/** nDCG@10 and recall@10 of every set, with intervals. */
export function scoreTable({ sets, groups }: RetrievalSummary, words: ReportWords): Markup {
  const { set, queries, bm25, product, ratio, recall, verdict } = words.columns;
  const head = markup`<thead><tr><th scope="col">${set}</th>${[
    queries,
    `${bm25} nDCG@10`,
    `${product} nDCG@10`,
    ratio,
    recall,
  ].map(
    name => markup`<th scope="col" class="figure">${name}</th>`,
  )}<th scope="col">${verdict}</th></tr></thead>`;
  const rows = sets.map(
    ({ name, ndcg10, recall10 }) => markup`<tr><th scope="row">${setName(name)}</th>
<td class="figure">${whole(ndcg10.queries)}</td><td class="figure">${score(ndcg10.baseline.value)}</td>
<td class="figure">${scoreWithInterval(ndcg10.system)}</td><td class="figure">${ndcg10.ratio ? ratioWithInterval(ndcg10.ratio) : '–'}</td>
<td class="figure">${score(recall10.system.value)} (${score(recall10.baseline.value)})</td>
<td class="${verdictOf(ndcg10)}">${words.verdicts[verdictOf(ndcg10)]}</td></tr>\n`,
  );
  const means = (['within', 'across'] as const).map(group => {
    const comparison = groups[group];
    return (
      comparison &&
      markup`<tr class="mean"><th scope="row">${words.mean}: ${words.groups[group]}</th>
<td class="figure">${whole(comparison.queries)}</td><td class="figure">${score(comparison.baseline.value)}</td>
<td class="figure">${scoreWithInterval(comparison.system)}</td><td class="figure">${comparison.ratio ? ratioWithInterval(comparison.ratio) : '–'}</td>
<td></td><td class="${verdictOf(comparison)}">${words.verdicts[verdictOf(comparison)]}</td></tr>\n`
    );
  });
  return scrolling(words.figures.table, markup`${head}<tbody>${rows}${means}</tbody>`);
}

export interface LatencyRow {
  series: string;
  resources: number;
  p50: number;
  p95: number;
  p99?: number | undefined;
}

/** Latencies in milliseconds. */
export function latencyTable(rows: readonly LatencyRow[], words: ReportWords): Markup {
  const { series, resources, p50, p95, p99 } = words.latencyColumns;
  const head = markup`<thead><tr><th scope="col">${series}</th>${[resources, p50, p95, p99].map(
    name => markup`<th scope="col" class="figure">${name}</th>`,
  )}</tr></thead>`;
  const cell = (value: number | undefined) =>
    markup`<td class="figure">${value === undefined ? '–' : `${milliseconds(value)} ms`}</td>`;
  const body = rows.map(
    row =>
      markup`<tr><th scope="row">${row.series}</th><td class="figure">${whole(row.resources)}</td>${cell(row.p50)}${cell(row.p95)}${cell(row.p99)}</tr>\n`,
  );
  return scrolling(words.figures.scale, markup`${head}<tbody>${body}</tbody>`);
}
