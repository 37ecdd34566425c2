import type { Comparison, Estimate } from '../bootstrap.ts';

/** 0.505 */
export const score = (value: number) => value.toFixed(3);

/** 1.13, 13.4, and what is beyond any bound as ∞. */
export function ratio(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** 1.13 (1.10–1.16) */
export const ratioWithInterval = ({ value, low, high }: Estimate) =>
  `${ratio(value)} (${ratio(low)}–${ratio(high)})`;

/** 0.505 (0.49–0.52) */
export const scoreWithInterval = ({ value, low, high }: Estimate) =>
  `${score(value)} (${low.toFixed(2)}–${high.toFixed(2)})`;

/** +1.3%, −0.4%, 0.0%, −92% */
export function percent(value: number): string {
  const size = Math.abs(value * 100);
  const text = `${size.toFixed(size < 19.95 ? 1 : 0)}%`;
  if (Number(size.toFixed(1)) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** A ratio to the whole as the change from it. */
export function changeOf(comparison: Comparison): Estimate | null {
  const { ratio: share } = comparison;
  return share && { value: share.value - 1, low: share.low - 1, high: share.high - 1 };
}

/** 0.31, 6.3, 14, 1,250 */
export function milliseconds(value: number): string {
  if (value < 1) return value.toFixed(2);
  return value < 10 ? value.toFixed(1) : whole(value);
}

/** 19,928 */
export const whole = (value: number) => Math.round(value).toLocaleString('en-US');
