import { expect, it } from 'vitest';
import { wilsonInterval } from './wilson.ts';

// Reference values: Newcombe (1998), Statistics in Medicine 17, table I, method 3.
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lies between %f and %f', (good, all, low, high) => {
  const interval = wilsonInterval(good, all);
  expect(interval?.low).toBeCloseTo(low, 3);
  expect(interval?.high).toBeCloseTo(high, 3);
});

it('says nothing about nothing', () => {
  expect(wilsonInterval(0, 0)).toBeUndefined();
});
