import { verdictOf } from '../bootstrap.ts';
import { GROUPS, type RetrievalResults, type RetrievalSummary } from '../retrieval-results.ts';
import type { ScaleFigures } from '../scale-figures.ts';
import { linearAxis } from './axis.ts';
import { changeOf, milliseconds, percent, ratio, whole } from './figures.ts';
import { type IntervalRow, intervalPlot } from './interval-plot.ts';
import { latencyLegend, latencyPlot, seriesName } from './latency-plot.ts';
import { type Markup, markup } from './markup.ts';
import { ratioPlot, ratioRow, setPlot } from './set-plot.ts';
import { latencyTable, scoreTable } from './tables.ts';
import { fill, type ReportLanguage, type ReportWords } from './words.ts';

/** All that the sections are drawn from, in one language. */
export interface Report {
  results: RetrievalResults;
  summary: RetrievalSummary;
  scale: ScaleFigures | null;
  words: ReportWords;
  language: ReportLanguage;
}

/** A drawing for screens and paper, and a narrow one for phones; style shows one of them. */
function bothWidths(draw: (width: number) => Markup): Markup {
  return markup`<div class="wide">${draw(880)}</div><div class="narrow">${draw(350)}</div>`;
}

function section(report: Report, name: keyof ReportWords['figures'], body: Markup): Markup {
  const id = `${name}-${report.language}`;
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${report.words.figures[name]}</h2>${body}</section>\n`;
}

/** Title, what was measured, and the three figures that matter. */
export function headlineSection({ results, summary, words }: Report): Markup {
  const { library, sets, milliseconds: latency } = results;
  const lead = fill(words.lead, {
    resources: whole(library.resources),
    zh: whole(library.languages.zh),
    en: whole(library.languages.en),
    sets: sets.length,
    queries: whole(sets.reduce((sum, { ids }) => sum + ids.length, 0)),
  });
  const tiles = (['within', 'across'] as const).map(group => {
    const comparison = summary.groups[group];
    if (!comparison) return null;
    const { ratio: times, queries } = comparison;
    const verdict = verdictOf(comparison);
    const interval = times && { low: ratio(times.low), high: ratio(times.high), queries: whole(queries) };
    return markup`<div class="tile ${verdict}"><p class="number">${times ? `${ratio(times.value)}×` : '–'}</p><p>${
      times ? words.times[group] : words.noRatio
    }</p>${interval && markup`<p class="aside">${fill(words.interval, interval)}</p>`}<p class="aside">${words.verdicts[verdict]}</p></div>`;
  });
  const verdicts = summary.sets.map(({ ndcg10 }) => verdictOf(ndcg10));
  const count = (verdict: string) => verdicts.filter(other => other === verdict).length;
  const figures = { p50: milliseconds(latency.p50), p95: milliseconds(latency.p95) };
  return markup`<header><h1>${words.title}</h1><p>${lead}</p></header>
<div class="tiles">${tiles}<div class="tile"><p class="number">${fill(words.latency, figures)}</p><p>${fill(words.latencyNote, figures)}</p></div></div>
<p>${fill(words.tally, { sets: verdicts.length, better: count('better'), worse: count('worse'), unclear: count('unclear') })}</p>\n`;
}

export function setsSection(report: Report): Markup {
  const { summary, words } = report;
  const absent = summary.sets.reduce((sum, set) => sum + set.absent, 0);
  return section(
    report,
    'sets',
    markup`${bothWidths(width => setPlot(summary, words, width))}<p class="note">${words.notes.sets}</p>${
      absent > 0 && markup`<p class="note">${fill(words.absent, { absent: whole(absent) })}</p>`
    }`,
  );
}

export function tableSection(report: Report): Markup {
  const body = markup`${scoreTable(report.summary, report.words)}<p class="note">${report.words.notes.table}</p>`;
  return section(report, 'table', body);
}

export function halvesSection(report: Report): Markup {
  const { summary, words } = report;
  const rows: IntervalRow[] = GROUPS.flatMap(group => {
    const own = (['tuning', 'held-out'] as const).flatMap(half => {
      const comparison = summary.halves[half][group];
      return comparison ? [ratioRow('point', words.halves[half], comparison, words)] : [];
    });
    return own.length === 0 ? [] : [{ kind: 'heading' as const, label: words.groups[group] }, ...own];
  });
  const plot = bothWidths(width => ratioPlot(rows, words.figures.halves, words, width));
  return section(report, 'halves', markup`${plot}<p class="note">${words.notes.halves}</p>`);
}

export function ablationsSection(report: Report): Markup | null {
  const { words } = report;
  // A drawing for each, as what costs a little within a language may cost all across.
  const plots = (['within', 'across'] as const).flatMap(group => {
    const rows = ablationRows(report, group);
    if (rows.length === 0) return [];
    const label = words.groups[group];
    return bothWidths(width =>
      intervalPlot({
        title: `${words.figures.ablations}: ${label}`,
        rows: [{ kind: 'heading', label }, ...rows],
        width,
        reference: { value: 0, label: words.whole },
        axisFor: linearAxis,
        tickText: value => (Math.abs(value) < 1e-9 ? '0' : percent(value).replace('.0%', '%')),
      }),
    );
  });
  if (plots.length === 0) return null;
  return section(report, 'ablations', markup`${plots}<p class="note">${words.notes.ablations}</p>`);
}

function ablationRows({ summary, language }: Report, group: 'within' | 'across'): IntervalRow[] {
  return summary.ablations.flatMap(({ name, groups }): IntervalRow[] => {
    const comparison = groups[group];
    const change = comparison && changeOf(comparison);
    if (!change) return [];
    const text = `${percent(change.value)} (${percent(change.low)} – ${percent(change.high)})`;
    return [{ kind: 'bar', label: name[language], estimate: change, text, tone: verdictOf(comparison) }];
  });
}

export function scaleSection(report: Report): Markup {
  const { results, scale, words, language } = report;
  const own = {
    series: words.thisRun,
    resources: results.library.resources,
    ...results.milliseconds,
  };
  const note = fill(words.notes.noScale, {
    resources: whole(results.library.resources),
    passages: whole(results.library.passages),
  });
  const measured = (scale?.series ?? []).flatMap(({ name, points }) =>
    points.map(point => ({ series: seriesName(name, language), ...point })),
  );
  const body = markup`${
    scale &&
    markup`${latencyLegend(scale, language)}${bothWidths(width => latencyPlot(scale, words, language, width))}<p class="note">${fill(
      words.notes.scale,
      { command: scale.command, machine: scale.machine },
    )}</p>`
  }${latencyTable([...measured, own], words)}<p class="note">${note}</p>`;
  return section(report, 'scale', body);
}

export function meaningSection(report: Report): Markup {
  const { words, results } = report;
  const terms = words.meaning.map(({ term, text }) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>`);
  return section(
    report,
    'meaning',
    markup`<dl>${terms}</dl><p>${words.again} <code>${results.command}</code></p><p class="note"><time datetime="${results.at}">${results.at.slice(0, 10)}</time></p>`,
  );
}
