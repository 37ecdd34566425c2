import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, PAIRS, parseTokens } from './contrast.ts';

const tokens = parseTokens(readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8'));

describe('contrast', () => {
  it('is what WCAG says it is', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  });

  it.each(['light', 'dark'] as const)('of the colours is enough in %s', theme => {
    for (const { front, back, needed } of PAIRS) {
      const ratio = contrast(tokens[theme][front] ?? '', tokens[theme][back] ?? '');
      expect(ratio, `${front} on ${back}`).toBeGreaterThanOrEqual(needed);
    }
  });
});
