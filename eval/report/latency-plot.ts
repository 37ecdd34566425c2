import type { ScaleFigures } from '../scale-figures.ts';
import { linearAxis, logAxis } from './axis.ts';
import { milliseconds, whole } from './figures.ts';
import { type Markup, markup } from './markup.ts';
import type { ReportLanguage, ReportWords } from './words.ts';

const HEIGHT = 300;
const LEFT = 52;
const RIGHT = 18;
const TOP = 28;
const BOTTOM = 44;
/** Lines differ in dash and mark as well as in colour. */
const STYLES = ['first', 'second', 'third', 'fourth'] as const;

export const seriesName = (name: ScaleFigures['series'][number]['name'], language: ReportLanguage) =>
  typeof name === 'string' ? name : name[language];

/** Median and 95% quantile of a search against the size of the library. SVG. */
export function latencyPlot(
  { series }: ScaleFigures,
  words: ReportWords,
  language: ReportLanguage,
  width: number,
): Markup {
  const points = series.flatMap(line => line.points);
  const x = logAxis(
    points.map(({ resources }) => resources),
    { from: LEFT + 18, to: width - RIGHT - 18 },
  );
  const y = linearAxis(
    points.map(({ p95 }) => p95),
    { from: HEIGHT - BOTTOM, to: TOP },
  );
  const lines = series.map(({ points: own }, i) => {
    const style = STYLES[i % STYLES.length]!;
    const sorted = [...own].sort((a, b) => a.resources - b.resources);
    // Several lines at one size would hide each other.
    const aside = (i - (series.length - 1) / 2) * 6;
    const placed = sorted.map(({ resources, p50, p95 }) => ({
      x: round(x.at(resources) + aside),
      middle: round(y.at(p50)),
      top: round(y.at(p95)),
    }));
    return markup`<g class="series ${style}"><polyline points="${placed.map(point => `${point.x},${point.middle}`).join(' ')}"/>
${placed.map(
  point => markup`<line class="spread" x1="${point.x}" x2="${point.x}" y1="${point.middle}" y2="${point.top}"/>
<line class="cap" x1="${point.x - 4}" x2="${point.x + 4}" y1="${point.top}" y2="${point.top}"/>
<circle cx="${point.x}" cy="${point.middle}" r="4.5"/>
`,
)}</g>`;
  });
  const title = `${words.figures.scale}: ${series
    .map(line => `${seriesName(line.name, language)} ${line.points.map(pointText).join(', ')}`)
    .join('; ')}`;
  return markup`<svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" role="img" aria-label="${title}">
${y.ticks.map(
  tick => markup`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${round(y.at(tick))}" y2="${round(y.at(tick))}"/>
<text class="small" x="${LEFT - 8}" y="${round(y.at(tick)) + 4}" text-anchor="end">${whole(tick)}</text>
`,
)}${x.ticks.map(
  tick => markup`<text class="small" x="${round(x.at(tick))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${whole(tick)}</text>
`,
)}<text class="small" x="2" y="14">${words.latencyAxis}</text>
<text class="small" x="${width - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${words.sizeAxis}</text>
${lines}</svg>`;
}

/** Which line is which. */
export function latencyLegend({ series }: ScaleFigures, language: ReportLanguage): Markup {
  return markup`<ul class="legend">${series.map(
    ({ name }, i) =>
      markup`<li><svg class="plot" width="34" height="12" aria-hidden="true"><g class="series ${STYLES[i % STYLES.length]!}"><polyline points="0,6 34,6"/><circle cx="17" cy="6" r="4.5"/></g></svg> ${seriesName(name, language)}</li>`,
  )}</ul>`;
}

const pointText = ({ resources, p50, p95 }: { resources: number; p50: number; p95: number }) =>
  `${whole(resources)}: ${milliseconds(p50)} (${milliseconds(p95)})`;

const round = (value: number) => Math.round(value * 10) / 10;
