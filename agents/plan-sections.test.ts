import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEACHING_MODES } from '../library/lesson-plan.ts';
import { splitMinutes, TIMED } from './plan-sections.ts';

test('the minutes of a lesson of any length and mode add up, and every part has some', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 240 }), fc.constantFrom(...TEACHING_MODES), (minutes, mode) => {
      const split = splitMinutes(minutes, mode);
      expect(TIMED.reduce((sum, key) => sum + split[key], 0)).toBe(minutes);
      for (const key of TIMED) {
        expect(split[key]).toBeGreaterThanOrEqual(1);
        expect(Number.isInteger(split[key])).toBe(true);
      }
    }),
  );
});

test('the mode decides where the time goes', () => {
  expect(splitMinutes(45, 'direct')).toEqual({ starter: 5, explanation: 20, practice: 13, check: 7 });
  expect(splitMinutes(45, 'flipped').practice).toBeGreaterThan(splitMinutes(45, 'direct').practice);
  expect(splitMinutes(45, 'dual-teacher').check).toBeGreaterThan(splitMinutes(45, 'direct').check);
  const share = (minutes: number) => splitMinutes(minutes, 'direct').explanation / minutes;
  expect(share(20)).toBeGreaterThan(share(45));
  expect(share(90)).toBeLessThan(share(45));
});
