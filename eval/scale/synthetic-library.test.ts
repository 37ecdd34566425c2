import { describe, expect, it } from 'vitest';
import { createSyntheticLibrary } from './synthetic-library.ts';

const DIMENSIONS = 64;
const library = createSyntheticLibrary({ dimensions: DIMENSIONS });
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('a synthetic library', () => {
  it('is the same for the same seed, whatever was made before, and another for another', () => {
    const again = createSyntheticLibrary({ dimensions: DIMENSIONS });
    const other = createSyntheticLibrary({ dimensions: DIMENSIONS, seed: 2 });
    expect(again.resource(7)).toEqual(library.resource(7));
    expect(again.query(7, 100)).toEqual(library.query(7, 100));
    expect(other.resource(7)).not.toEqual(library.resource(7));
    expect(library.resource(7, 1)).not.toEqual(library.resource(7));
  });

  it('has the size and the shares of a national platform', () => {
    const resources = Array.from({ length: 4000 }, (_, n) => library.resource(n));
    const share = (fits: (resource: (typeof resources)[number]) => boolean) =>
      resources.filter(fits).length / resources.length;
    const passages = resources.flatMap(resource => resource.passages);
    expect(passages.length / resources.length).toBeGreaterThan(3.34);
    expect(share(({ input }) => input.stage === 'higher')).toBeCloseTo(0.485, 1);
    expect(share(({ input }) => input.language === 'en')).toBeCloseTo(0.15, 1);
    expect(share(({ input }) => input.type === 'training')).toBeGreaterThan(0.001);
    for (const { vector } of passages) expect(dot(vector, vector)).toBeCloseTo(1, 4);
  });

  it('asks questions that are near to a passage', () => {
    const vectors = Array.from({ length: 100 }, (_, n) => library.resource(n).passages).flat();
    for (let i = 0; i < 20; i++) {
      const { text, vector } = library.query(i, 100);
      expect(text).not.toBe('');
      expect(Math.max(...vectors.map(passage => dot(passage.vector, vector)))).toBeGreaterThan(0.7);
    }
  });
});
