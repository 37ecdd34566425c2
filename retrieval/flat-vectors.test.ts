import { describe, expect, it } from 'vitest';
import { createFlatVectors } from './flat-vectors.ts';
import type { IndexedResource } from './lexical-index.ts';

const resource = (id: string, over: Partial<IndexedResource> = {}): IndexedResource => ({
  id,
  versionId: id,
  language: 'en',
  stage: null,
  subject: null,
  type: null,
  group: 0,
  ...over,
});

/** Deterministic noise (a linear congruential generator; Numerical Recipes). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const DIMENSIONS = 64;
const unit = (next: () => number) => {
  const vector = Float32Array.from({ length: DIMENSIONS }, next);
  const length = Math.hypot(...vector);
  return vector.map(value => value / length);
};
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('flat vectors', () => {
  it('find nearly all of the nearest ten among five thousand', () => {
    const next = noise(7);
    const flat = createFlatVectors(DIMENSIONS);
    const vectors = Array.from({ length: 5000 }, () => unit(next));
    for (const [i, vector] of vectors.entries()) flat.add(resource(`r${i}`), [{ passageId: i, vector }]);
    let found = 0;
    for (let asked = 0; asked < 20; asked++) {
      const query = unit(next);
      const exact = vectors
        .map((vector, i) => ({ i, cosine: dot(vector, query) }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, 10);
      const near = new Map(
        flat.search(query, 10, () => true).map(({ passageId, cosine }) => [passageId, cosine]),
      );
      for (const { i, cosine } of exact) {
        if (!near.has(i)) continue;
        found++;
        expect(near.get(i)).toBeCloseTo(cosine, 1);
      }
    }
    expect(found / 200).toBeGreaterThan(0.95);
  });

  it('fill a narrow filter, and forget what was removed or replaced', () => {
    const next = noise(9);
    const flat = createFlatVectors(DIMENSIONS);
    for (let i = 0; i < 3000; i++) {
      flat.add(resource(`r${i}`, { stage: i % 300 === 0 ? 'primary' : 'senior' }), [
        { passageId: i, vector: unit(next) },
      ]);
    }
    const primary = ({ stage }: IndexedResource) => stage === 'primary';
    expect(flat.search(unit(next), 10, primary)).toHaveLength(10);
    flat.remove('r300');
    flat.add(resource('r600', { stage: 'senior' }), [{ passageId: 9600, vector: unit(next) }]);
    const left = flat.search(unit(next), 20, primary).map(({ resourceId }) => resourceId);
    expect(left).toHaveLength(8);
    expect(left).not.toContain('r300');
    expect(flat.size()).toBe(2999);
  });

  it('are the same after a snapshot, and go on from there', () => {
    const next = noise(11);
    const flat = createFlatVectors(DIMENSIONS);
    for (let i = 0; i < 200; i++) flat.add(resource(`r${i}`), [{ passageId: i, vector: unit(next) }]);
    flat.remove('r5');
    const copy = createFlatVectors(DIMENSIONS, flat.content());
    const query = unit(next);
    expect(copy.search(query, 10, () => true)).toEqual(flat.search(query, 10, () => true));
    copy.remove('r6');
    copy.add(resource('new'), [{ passageId: 999, vector: query }]);
    expect(copy.size()).toBe(199);
    expect(copy.search(query, 1, () => true)[0]).toMatchObject({ resourceId: 'new', passageId: 999 });
  });

  it('take a vector without direction for near nothing', () => {
    const flat = createFlatVectors(DIMENSIONS);
    flat.add(resource('r'), [{ passageId: 1, vector: new Float32Array(DIMENSIONS) }]);
    expect(flat.search(new Float32Array(DIMENSIONS), 5, () => true)).toEqual([
      { resourceId: 'r', passageId: 1, cosine: 0 },
    ]);
  });

  it('compare the best passage of each named resource', () => {
    const next = noise(11);
    const flat = createFlatVectors(DIMENSIONS);
    const query = unit(next);
    const [far, near] = [query.map(value => -value), query.slice()];
    flat.add(resource('two'), [
      { passageId: 1, vector: far },
      { passageId: 2, vector: near },
    ]);
    flat.add(resource('one'), [{ passageId: 3, vector: unit(next) }]);
    flat.add(resource('gone'), [{ passageId: 4, vector: near }]);
    flat.remove('gone');
    const compared = flat.compare(query, ['two', 'gone', 'never', 'one']);
    expect(compared.map(({ passageId }) => passageId)).toEqual([2, 3]);
    expect(compared[0]!.cosine).toBeCloseTo(1, 1);
  });
});
