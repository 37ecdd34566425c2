import { describe, expect, it } from 'vitest';
import {
  changedMinutes,
  minutesOfText,
  moveBorder,
  stepOfKey,
  type Timed,
  withMinutes,
} from './move-minutes.ts';

const sections: Timed[] = [
  { key: 'outcomes', minutes: null },
  { key: 'starter', minutes: 5 },
  { key: 'practice', minutes: 15 },
];

describe('minutes of a lesson', () => {
  it('move between neighbours and never get lost', () => {
    expect(moveBorder([5, 15], 3)).toEqual([8, 12]);
    expect(moveBorder([5, 15], -10)).toEqual([1, 19]);
    expect(moveBorder([5, 15], Number.POSITIVE_INFINITY)).toEqual([19, 1]);
    expect(moveBorder([0, 4], Number.NEGATIVE_INFINITY)).toEqual([0, 4]);
  });

  it('replace those of timed sections only', () => {
    expect(withMinutes(sections, { starter: 8, outcomes: 3 })).toEqual([
      sections[0],
      { key: 'starter', minutes: 8 },
      sections[2],
    ]);
    expect(changedMinutes(sections, { starter: 5, practice: 20, outcomes: 1 })).toEqual({ practice: 20 });
  });

  it('are whole numbers from 0 to 240 when typed', () => {
    expect(['12', '0', '240'].map(minutesOfText)).toEqual([12, 0, 240]);
    expect(['', ' ', '241', '-1', '2.5', 'x'].map(minutesOfText)).toEqual(Array(6).fill(undefined));
  });

  it('follow the keys as the eye sees them in either direction', () => {
    expect(stepOfKey('ArrowRight', { shift: false, rtl: false })).toBe(1);
    expect(stepOfKey('ArrowRight', { shift: true, rtl: true })).toBe(-5);
    expect(stepOfKey('ArrowLeft', { shift: false, rtl: true })).toBe(1);
    expect(stepOfKey('Tab', { shift: false, rtl: false })).toBeUndefined();
  });
});
