import { type Comparison, verdictOf } from '../bootstrap.ts';
import { GROUPS, type RetrievalResults, type RetrievalSummary } from '../retrieval-results.ts';
import { milliseconds, ratioWithInterval, score, scoreWithInterval } from './figures.ts';
import { REPORT_WORDS } from './words.ts';

/** The table of a run as Markdown, which is readable in a terminal too. */
export function describeSummary(results: RetrievalResults, { sets, groups }: RetrievalSummary): string {
  const words = REPORT_WORDS.en;
  const rows = sets.map(({ name, ndcg10 }) => rowOf(name, ndcg10));
  const means = GROUPS.flatMap(group => {
    const comparison = groups[group];
    return comparison ? [rowOf(`**${words.groups[group]}**`, comparison)] : [];
  });
  const { p50, p95, p99 } = results.milliseconds;
  return [
    '| set | queries | BM25 | Zhujiao (95% interval) | ratio (95% interval) | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...means,
    '',
    `nDCG@10. A search takes ${milliseconds(p50)} ms (median), 95% within ${milliseconds(p95)} ms, 99% within ${milliseconds(p99)} ms.`,
  ].join('\n');
}

function rowOf(name: string, comparison: Comparison): string {
  const { queries, baseline, system, ratio } = comparison;
  const verdict = REPORT_WORDS.en.verdicts[verdictOf(comparison)];
  return `| ${name} | ${queries} | ${score(baseline.value)} | ${scoreWithInterval(system)} | ${ratio ? ratioWithInterval(ratio) : '–'} | ${verdict} |`;
}
