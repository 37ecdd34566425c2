import type { Estimate } from '../bootstrap.ts';
import type { Axis } from './axis.ts';
import { type Markup, markup } from './markup.ts';

/** A line of the plot: a heading, or a figure with its interval. */
export type IntervalRow =
  | { kind: 'heading'; label: string }
  | {
      /** A point is one figure, a diamond a summary of several, a bar starts at the reference. */
      kind: 'point' | 'diamond' | 'bar';
      label: string;
      /** null where there is nothing to draw; `text` says why. */
      estimate: Estimate | null;
      /** The figure in words, at the right. */
      text: string;
      tone: Tone;
    };

/** Tones differ in shape as well as in colour. */
export type Tone = 'better' | 'worse' | 'unclear';

export interface IntervalPlot {
  /** What the picture shows, for those who do not see it. */
  title: string;
  rows: readonly IntervalRow[];
  /** Value of the line that all is compared with, and what it is. */
  reference: { value: number; label: string };
  /** Pixels; below 560 labels stand above their lines. */
  width: number;
  axisFor(values: number[], span: { from: number; to: number }): Axis;
  tickText(value: number): string;
}

const LABEL_WIDTH = 236;
const TEXT_WIDTH = 176;
const TOP = 34;
const BOTTOM = 30;

/** Figures with their intervals, one a line, on one axis (a forest plot where they are ratios). SVG. */
export function intervalPlot(plot: IntervalPlot): Markup {
  const { rows, width, title, reference } = plot;
  const isNarrow = width < 560;
  const span = isNarrow ? { from: 24, to: width - 24 } : { from: LABEL_WIDTH, to: width - TEXT_WIDTH };
  const values = rows.flatMap(row =>
    row.kind !== 'heading' && row.estimate ? [row.estimate.low, row.estimate.high, row.estimate.value] : [],
  );
  const axis = plot.axisFor(values.filter(Number.isFinite), span);
  const place: Place = { axis, isNarrow, width, reference: reference.value };
  const heights = rows.map(row => heightOf(row, isNarrow));
  const bottom = TOP + heights.reduce((sum, height) => sum + height, 0);
  const lines = rows.map((row, i) =>
    drawRow(row, TOP + heights.slice(0, i).reduce((sum, height) => sum + height, 0), place),
  );
  const x = round(axis.at(reference.value));
  return markup`<svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + BOTTOM}" width="${width}" height="${bottom + BOTTOM}" role="img" aria-label="${title}">
${axis.ticks.map(
  tick => markup`<line class="grid" x1="${round(axis.at(tick))}" x2="${round(axis.at(tick))}" y1="${TOP}" y2="${bottom}"/>
<text class="small" x="${round(axis.at(tick))}" y="${bottom + 18}" text-anchor="middle">${plot.tickText(tick)}</text>
`,
)}<line class="reference" x1="${x}" x2="${x}" y1="${TOP - 10}" y2="${bottom}"/>
<text class="small" x="${x}" y="${TOP - 16}" text-anchor="middle">${reference.label}</text>
${lines}</svg>`;
}

interface Place {
  axis: Axis;
  isNarrow: boolean;
  width: number;
  reference: number;
}

function heightOf(row: IntervalRow, isNarrow: boolean): number {
  if (row.kind === 'heading') return 34;
  return isNarrow ? 44 : 25;
}

function drawRow(row: IntervalRow, top: number, { axis, isNarrow, width, reference }: Place): Markup {
  if (row.kind === 'heading')
    return markup`<text class="heading" x="${isNarrow ? 2 : 4}" y="${top + 24}">${row.label}</text>\n`;
  const textY = isNarrow ? top + 16 : top + 17;
  const strong = row.kind === 'diamond' ? ' strong' : '';
  const labels = markup`<text class="label${strong}" x="${isNarrow ? 2 : 4}" y="${textY}">${row.label}</text>
<text class="label${strong}" x="${width - 2}" y="${textY}" text-anchor="end">${row.text}</text>
`;
  if (!row.estimate) return labels;
  return markup`${labels}${drawEstimate(row.kind, row.estimate, row.tone, { axis, y: isNarrow ? top + 31 : top + 12, reference })}`;
}

function drawEstimate(
  kind: 'point' | 'diamond' | 'bar',
  { value, low, high }: Estimate,
  tone: Tone,
  { axis, y, reference }: { axis: Axis; y: number; reference: number },
): Markup {
  const [left, middle, right] = [low, value, high].map(number => round(axis.at(number))) as [
    number,
    number,
    number,
  ];
  if (kind === 'diamond') {
    const points = `${left},${y} ${middle},${y - 7} ${Math.max(right, left + 2)},${y} ${middle},${y + 7}`;
    return markup`<polygon class="mark ${tone}" points="${points}"/>\n`;
  }
  const zero = round(axis.at(reference));
  const mark =
    kind === 'bar'
      ? markup`<rect class="bar ${tone}" x="${Math.min(zero, middle)}" y="${y - 7}" width="${round(Math.abs(middle - zero))}" height="14"/>`
      : pointOf(tone, middle, y);
  return markup`<line class="whisker ${tone}" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/>
${low < axis.low && arrow(axis.at(axis.low), y, -1)}${high > axis.high && arrow(axis.at(axis.high), y, 1)}${mark}
`;
}

function pointOf(tone: Tone, x: number, y: number): Markup {
  return tone === 'worse'
    ? markup`<rect class="mark worse" x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"/>`
    : markup`<circle class="mark ${tone}" cx="${x}" cy="${y}" r="5"/>`;
}

/** The interval goes on beyond the axis. */
function arrow(x: number, y: number, way: 1 | -1): Markup {
  const back = round(x - 6 * way);
  return markup`<path class="arrow" d="M${back} ${y - 4} L${round(x)} ${y} L${back} ${y + 4}"/>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
