import type { NearPassage } from '../library/nearest-passages.ts';
import type { IndexedResource } from './lexical-index.ts';
import { createTopList } from './top-list.ts';

/** Vectors in the process, compared one by one. */
export interface FlatVectors {
  /** Puts the vectors of a resource in the place of those it had. */
  add(resource: IndexedResource, vectors: { passageId: number; vector: Float32Array }[]): void;
  remove(resourceId: string): void;
  search(vector: Float32Array, limit: number, accept: (resource: IndexedResource) => boolean): NearPassage[];
  size(): number;
  content(): FlatContent;
}

/** What a snapshot holds; the arrays are as long as the number of vectors. */
export interface FlatContent {
  dimensions: number;
  values: Int8Array;
  scales: Float32Array;
  passageIds: Float64Array;
  owners: (IndexedResource | null)[];
}

/**
 * One byte a number with a scale for each vector: a quarter of the memory, and 98.5% of the nearest ten are the same
 * (one scale for all vectors loses 13 points).
 */
export function createFlatVectors(dimensions: number, content?: FlatContent): FlatVectors {
  let { values, scales, passageIds } = content ?? {
    values: new Int8Array(dimensions * 1024),
    scales: new Float32Array(1024),
    passageIds: new Float64Array(1024),
  };
  const owners: (IndexedResource | null)[] = content ? [...content.owners] : [];
  const places = new Map<string, number[]>();
  owners.forEach((owner, at) => {
    if (owner) places.set(owner.id, [...(places.get(owner.id) ?? []), at]);
  });
  const free: number[] = owners.flatMap((owner, at) => (owner ? [] : [at]));

  const grow = () => {
    const double = <T extends Int8Array | Float32Array | Float64Array>(old: T): T => {
      const grown = new (old.constructor as new (length: number) => T)(Math.max(1024, old.length * 2));
      grown.set(old);
      return grown;
    };
    values = double(values);
    scales = double(scales);
    passageIds = double(passageIds);
  };
  const remove = (resourceId: string) => {
    for (const at of places.get(resourceId) ?? []) {
      owners[at] = null;
      free.push(at);
    }
    places.delete(resourceId);
  };

  return {
    add(resource, vectors) {
      remove(resource.id);
      const own: number[] = [];
      for (const { passageId, vector } of vectors) {
        const at = free.pop() ?? owners.push(null) - 1;
        while (at >= scales.length || (at + 1) * dimensions > values.length) grow();
        scales[at] = quantise(vector, values.subarray(at * dimensions, (at + 1) * dimensions));
        passageIds[at] = passageId;
        owners[at] = resource;
        own.push(at);
      }
      places.set(resource.id, own);
    },
    remove,
    search(vector, limit, accept) {
      const query = new Int8Array(dimensions);
      const queryScale = quantise(vector, query);
      const top = createTopList<{ at: number; cosine: number }>(limit, ({ cosine }) => cosine);
      for (let at = 0; at < owners.length; at++) {
        const owner = owners[at];
        if (!owner) continue;
        const cosine = dot(query, values, at * dimensions) * scales[at]! * queryScale;
        if (cosine > top.least() && accept(owner)) top.add({ at, cosine });
      }
      return top
        .best()
        .map(({ at, cosine }) => ({ resourceId: owners[at]!.id, passageId: passageIds[at]!, cosine }));
    },
    size: () => owners.length - free.length,
    content: () => ({
      dimensions,
      values: values.slice(0, owners.length * dimensions),
      scales: scales.slice(0, owners.length),
      passageIds: passageIds.slice(0, owners.length),
      owners: [...owners],
    }),
  };
}

/** Writes `vector` as bytes and returns the scale that gives it back. */
function quantise(vector: Float32Array, bytes: Int8Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) {
    bytes.fill(0);
    return 0;
  }
  const scale = largest / 127;
  for (let i = 0; i < vector.length; i++) bytes[i] = Math.round(vector[i]! / scale);
  return scale;
}

function dot(query: Int8Array, values: Int8Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * values[start + i]!;
  return sum;
}
