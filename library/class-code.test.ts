import { describe, expect, it } from 'vitest';
import { nameKeyOf, newPin, readCode, readPin } from './class-code.ts';

describe('what a pupil types', () => {
  it.each(['CDF347', 'cdf 347', ' cdf-347 ', 'ＣＤＦ３４７', 'c d f　3 4 7'])('is the code: %s', typed => {
    expect(readCode(typed)).toBe('CDF347');
  });

  it.each([
    ['王小明', ' 王 小明　'],
    ['阿依古丽·买买提', '阿依古丽•买买提'],
    ['Anna-Maria O’Neill', "anna maria o'neill"],
    ['Li Lei', 'ＬＩ　ＬＥＩ'],
  ])('is the name %s: %s', (name, typed) => {
    expect(nameKeyOf(typed)).toBe(nameKeyOf(name));
  });

  it('is another name when a letter or an accent is another', () => {
    expect(new Set(['José', 'Jose', 'Joseph', '王晓明', '王小明'].map(nameKeyOf)).size).toBe(5);
    expect(nameKeyOf(' · - ')).toBe('');
  });

  it('is the PIN, with the spaces it is read with', () => expect(readPin('012 345')).toBe('012345'));
});

it('makes PINs of six digits', () => {
  const pins = Array.from({ length: 500 }, newPin);
  expect(pins.filter(pin => !/^\d{6}$/.test(pin))).toEqual([]);
  expect(new Set(pins).size).toBeGreaterThan(480);
});
