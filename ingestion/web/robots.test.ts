import { describe, expect, it } from 'vitest';
import { readRobots } from './robots.ts';

const allowed = (text: string, path: string) =>
  readRobots(text, 'zhujiao').allows(new URL(path, 'https://x.example'));

describe('readRobots', () => {
  it.each([
    ['', '/a', true],
    ['User-agent: *\nDisallow:', '/a', true],
    ['User-agent: *\nDisallow: /', '/a', false],
    ['User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: Zhujiao # us\nAllow: /', '/a', true],
    ['User-agent: other\nUser-agent: zhujiao\nDisallow: /a', '/a', false],
    ['User-agent: other\nDisallow: /', '/a', true],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
    ['User-agent: *\nDisallow: /*?print', '/x?print=1', false],
    ['User-agent: *\nDisallow: /a*b*c', '/axxbxx', true],
    ['User-agent: *\nDisallow: /a$', '/ab', true],
    ['\r\nUSER-AGENT:*\r\nDISALLOW:/a\r\n', '/a', false],
  ])('%j: %s is allowed: %s', (text, path, is) => expect(allowed(text, path)).toBe(is));

  it('takes patterns of a stranger in linear time, and the delay', () => {
    const pattern = `/${'*a'.repeat(5_000)}b`;
    const started = performance.now();
    expect(allowed(`User-agent: *\nDisallow: ${pattern}`, `/${'a'.repeat(20_000)}`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(500);
    expect(readRobots('User-agent: *\nCrawl-delay: 5', 'zhujiao').delay).toBe(5);
  });
});
