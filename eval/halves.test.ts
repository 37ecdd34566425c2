import { expect, it } from 'vitest';
import { splitHalves } from './halves.ts';

const many = Array.from({ length: 400 }, (_, i) => [`resource-${i}`]);

it('halves', () => {
  const tuning = splitHalves(many).filter(half => half === 'tuning').length;
  // Binomial(400, 0.5): mean 200, deviation 10.
  expect(Math.abs(tuning - 200)).toBeLessThan(40);
});

it('lets no resource be relevant in both halves', () => {
  const queries = [...many, ...many.slice(1).map(([id], i) => (i % 5 < 2 ? [many[i]![0]!, id!] : [id!]))];
  const halves = splitHalves(queries);
  const of = (half: string) => new Set(queries.filter((_, i) => halves[i] === half).flat());
  const tuning = of('tuning');
  expect([...of('held-out')].filter(id => tuning.has(id))).toEqual([]);
  expect(new Set(halves).size).toBe(2);
});

it('follows chains of any length', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => [`c${i + 1}`, `c${i}`]);
  expect(new Set(splitHalves(chain)).size).toBe(1);
});

it('does not depend on the order', () => {
  const queries = many.map(([id], i) => [id!, many[(i * 7) % 400]![0]!]).slice(0, 90);
  const halves = splitHalves(queries);
  expect(splitHalves([...queries].reverse()).reverse()).toEqual(halves);
});
