/** Where values stand on a drawing. */
export interface Axis {
  /** Pixels from the left; values beyond the ends stand at the ends. */
  at(value: number): number;
  ticks: number[];
  low: number;
  high: number;
}

interface Span {
  from: number;
  to: number;
}

const RATIO_TICKS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16];

/**
 * An axis for ratios: half and twice are as far from 1. Wide enough for `values`, at least from 0.75 to 1.5, at most
 * from 0.1 to 16.
 */
export function ratioAxis(values: readonly number[], span: Span): Axis {
  const low = Math.max(0.1, Math.min(0.75, ...values.filter(value => value > 0)) / 1.04);
  const high = Math.min(16, Math.max(1.5, ...values) * 1.04);
  const all = RATIO_TICKS.filter(tick => tick >= low && tick <= high);
  const at = placer(low, high, span, Math.log);
  return { at, low, high, ticks: spaced(all, at, 1) };
}

/** A linear axis that holds 0 and all `values`, with ticks at round numbers. */
export function linearAxis(values: readonly number[], span: Span): Axis {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const step = roundStep((most - least || 1) / 4);
  const low = Math.floor(least / step) * step;
  const high = Math.max(low + step, Math.ceil(most / step) * step);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
  return { at: placer(low, high, span, value => value), low, high, ticks };
}

/** A logarithmic axis from the least to the greatest of `values`, all above 0, with a tick at each of them. */
export function logAxis(values: readonly number[], span: Span): Axis {
  const low = Math.min(...values) / 1.15;
  const high = Math.max(...values) * 1.15;
  const at = placer(low, high, span, Math.log);
  return {
    at,
    low,
    high,
    ticks: spaced(
      [...new Set(values)].sort((a, b) => a - b),
      at,
      values[0]!,
    ),
  };
}

function placer(low: number, high: number, { from, to }: Span, scale: (value: number) => number) {
  return (value: number) => {
    const inside = Math.min(high, Math.max(low, value));
    return from + ((scale(inside) - scale(low)) / (scale(high) - scale(low))) * (to - from);
  };
}

/** Ticks whose labels would touch are left out, nearest to `kept` first kept. */
function spaced(ticks: number[], at: (value: number) => number, kept: number): number[] {
  const chosen: number[] = [];
  for (const tick of [...ticks].sort((a, b) => Math.abs(at(a) - at(kept)) - Math.abs(at(b) - at(kept)))) {
    if (chosen.every(other => Math.abs(at(other) - at(tick)) >= 38)) chosen.push(tick);
  }
  return chosen.sort((a, b) => a - b);
}

/** The least of 1, 2, 5 times a power of ten that is not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find(factor => factor * power >= least * (1 - 1e-9))!;
}
