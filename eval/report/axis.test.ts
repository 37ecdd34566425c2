import { expect, it } from 'vitest';
import { linearAxis, logAxis, ratioAxis } from './axis.ts';

const span = { from: 100, to: 500 };

it('has half and twice as far from 1, whatever the span', () => {
  const { at, ticks } = ratioAxis([0.4, 3], span);
  expect(at(1) - at(0.5)).toBeCloseTo(at(2) - at(1), 9);
  expect(ticks).toContain(1);
  expect(ticks.every(tick => at(tick) >= 100 && at(tick) <= 500)).toBe(true);
});

it('holds every ratio with 1 inside, and keeps what is beyond all measure at its end', () => {
  const { at, low, high } = ratioAxis([0.02, 900], span);
  expect([low, high]).toEqual([0.1, 16]);
  expect([at(0.001), at(900), at(Number.POSITIVE_INFINITY)]).toEqual([100, 500, 500]);
  const small = ratioAxis([1.01, 1.02], span);
  expect(small.low).toBeLessThan(0.75);
  expect(small.high).toBeGreaterThan(1.5);
});

it('leaves no two labels of ratios nearer than their width', () => {
  const { at, ticks } = ratioAxis([0.1, 16], { from: 14, to: 336 });
  const places = ticks.map(at);
  expect(places.slice(1).every((place, i) => place - places[i]! >= 38)).toBe(true);
});

it('starts at 0 in round steps', () => {
  expect(linearAxis([140, 25], span).ticks).toEqual([0, 50, 100, 150]);
  const changes = linearAxis([-0.05, 0.012], span);
  expect(changes.ticks.map(tick => Math.round(tick * 100))).toEqual([-6, -4, -2, 0, 2]);
  // Upwards on a screen is towards smaller numbers.
  const { at } = linearAxis([10], { from: 300, to: 0 });
  expect([at(0), at(5), at(10)]).toEqual([300, 150, 0]);
  expect(linearAxis([0], span).ticks[0]).toBe(0);
});

it('puts equal factors at equal steps', () => {
  const { at } = logAxis([1000, 10_000, 100_000], span);
  expect(at(10_000) - at(1000)).toBeCloseTo(at(100_000) - at(10_000), 9);
  expect(logAxis([500], span).at(500)).toBeCloseTo(300, 9);
});
