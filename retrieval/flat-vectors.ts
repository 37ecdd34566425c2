import type { NearPassage } from '../library/nearest-passages.ts';
import type { IndexedResource } from './lexical-index.ts';
import { createTopList } from './top-list.ts';

/** Vectors in the process, all of which a search looks at. */
export interface FlatVectors {
  /** Puts the vectors of a resource in the place of those it had. */
  add(resource: IndexedResource, vectors: { passageId: number; vector: Float32Array }[]): void;
  remove(resourceId: string): void;
  search(vector: Float32Array, limit: number, accept: (resource: IndexedResource) => boolean): NearPassage[];
  /** The nearest passage of each of these resources, in no order; those without vectors are left out. */
  compare(vector: Float32Array, resourceIds: string[]): NearPassage[];
  size(): number;
  /** The resources that are known here. */
  resources(): IndexedResource[];
  /** Whether this version of a resource has vectors here. */
  has(resource: IndexedResource): boolean;
  content(): FlatContent;
}

/** What a snapshot holds: by place the vector, its passage and which of `resources` it is of (-1: the place is free). */
export interface FlatContent {
  values: Int8Array;
  signs: Uint16Array;
  scales: Float32Array;
  passageIds: Float64Array;
  ownerOf: Int32Array;
  resources: IndexedResource[];
}

/**
 * So many vectors with the most equal signs are compared number by number. Over 300,000 vectors of 512 dimensions the
 * signs alone, then 1,000 in full, found the same nearest ten as comparing all.
 */
const SHORTLIST = 1000;

/** Number of ones in every 16-bit number. */
const ONES = Uint8Array.from({ length: 65_536 }, (_, bits) => {
  let ones = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) ones++;
  return ones;
});

/**
 * Each vector is kept as one byte a number with a scale of its own (one scale for all loses 13 of 100 neighbours), and
 * as the signs of its numbers. A search first counts equal signs, which is ten times quicker than multiplying.
 */
export function createFlatVectors(dimensions: number, content?: FlatContent): FlatVectors {
  const words = Math.ceil(dimensions / 16);
  let values = content?.values ?? new Int8Array(0);
  let signs = content?.signs ?? new Uint16Array(0);
  let scales = content?.scales ?? new Float32Array(0);
  const passageIds: number[] = content ? [...content.passageIds] : [];
  /** Place -> number of its resource in `resources`, -1 where the place is free. */
  let owners = content?.ownerOf ?? new Int32Array(0);
  const resources: (IndexedResource | null)[] = content ? [...content.resources] : [];
  const numbers = new Map(resources.map((resource, number) => [resource!.id, number]));
  let count = content?.ownerOf.length ?? 0;
  const free: number[] = [];
  const places = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    const owner = owners[at]!;
    if (owner < 0) free.push(at);
    else if (places.has(owner)) places.get(owner)!.push(at);
    else places.set(owner, [at]);
  }

  const takePlace = (): number => {
    const at = free.pop() ?? count++;
    if (at < scales.length) return at;
    const capacity = Math.max(1024, scales.length * 2);
    values = enlarged(values, new Int8Array(capacity * dimensions));
    signs = enlarged(signs, new Uint16Array(capacity * words));
    scales = enlarged(scales, new Float32Array(capacity));
    owners = enlarged(owners, new Int32Array(capacity));
    return at;
  };

  const remove = (resourceId: string) => {
    const number = numbers.get(resourceId);
    if (number === undefined) return;
    for (const at of places.get(number) ?? []) {
      owners[at] = -1;
      free.push(at);
    }
    places.delete(number);
    numbers.delete(resourceId);
    resources[number] = null;
  };

  /** The places of the vectors whose signs agree most with the query's, at least `SHORTLIST` where there are so many. */
  const shortlist = (query: Uint16Array, accept: (resource: IndexedResource) => boolean): number[] => {
    // Asked once a resource, not once a vector: that was half the time of a search.
    const isAccepted = Uint8Array.from(resources, resource =>
      resource !== null && accept(resource) ? 1 : 0,
    );
    const distances = new Uint16Array(count).fill(dimensions + 1);
    const counts = new Uint32Array(dimensions + 1);
    for (let at = 0; at < count; at++) {
      if (!isAccepted[owners[at]!]) continue;
      let distance = 0;
      for (let word = 0, place = at * words; word < words; word++)
        distance += ONES[signs[place + word]! ^ query[word]!]!;
      counts[distance]!++;
      distances[at] = distance;
    }
    let farthest = 0;
    for (let taken = counts[0]!; taken < SHORTLIST && farthest < dimensions; taken += counts[farthest]!)
      farthest++;
    const near: number[] = [];
    for (let at = 0; at < count; at++) if (distances[at]! <= farthest) near.push(at);
    return near;
  };

  const cosinesOf = (vector: Float32Array): ((at: number) => number) => {
    const query = new Int8Array(dimensions);
    const queryScale = quantise(vector, query);
    return at => {
      let dot = 0;
      for (let i = 0, place = at * dimensions; i < dimensions; i++) dot += query[i]! * values[place + i]!;
      return dot * scales[at]! * queryScale;
    };
  };

  const nearAt = (at: number, cosine: number): NearPassage => ({
    resourceId: resources[owners[at]!]!.id,
    passageId: passageIds[at]!,
    cosine,
  });

  return {
    add(resource, vectors) {
      remove(resource.id);
      const number = resources.push(resource) - 1;
      numbers.set(resource.id, number);
      const own = vectors.map(({ passageId, vector }) => {
        const at = takePlace();
        scales[at] = quantise(vector, values.subarray(at * dimensions, (at + 1) * dimensions));
        signsOf(vector, signs.subarray(at * words, (at + 1) * words));
        passageIds[at] = passageId;
        owners[at] = number;
        return at;
      });
      places.set(number, own);
    },
    remove,
    search(vector, limit, accept) {
      const cosineAt = cosinesOf(vector);
      const top = createTopList<{ at: number; cosine: number }>(limit, ({ cosine }) => cosine);
      for (const at of shortlist(signsOf(vector, new Uint16Array(words)), accept)) {
        top.add({ at, cosine: cosineAt(at) });
      }
      return top.best().map(({ at, cosine }) => nearAt(at, cosine));
    },
    compare(vector, resourceIds) {
      const cosineAt = cosinesOf(vector);
      return resourceIds.flatMap(id => {
        const best = createTopList<{ at: number; cosine: number }>(1, ({ cosine }) => cosine);
        for (const at of places.get(numbers.get(id) ?? -1) ?? []) best.add({ at, cosine: cosineAt(at) });
        return best.best().map(({ at, cosine }) => nearAt(at, cosine));
      });
    },
    size: () => count - free.length,
    has({ id, versionId }) {
      const number = numbers.get(id) ?? -1;
      return resources[number]?.versionId === versionId && (places.get(number)?.length ?? 0) > 0;
    },
    resources: () => resources.filter(resource => resource !== null),
    content() {
      // Resources that are gone leave no number behind in a snapshot.
      const kept = resources.flatMap((resource, number) => (resource ? [{ resource, number }] : []));
      const renumbered = new Map(kept.map(({ number }, i) => [number, i]));
      return {
        values: values.slice(0, count * dimensions),
        signs: signs.slice(0, count * words),
        scales: scales.slice(0, count),
        passageIds: Float64Array.from(passageIds),
        ownerOf: owners.slice(0, count).map(owner => renumbered.get(owner) ?? -1),
        resources: kept.map(({ resource }) => resource),
      };
    },
  };
}

function enlarged<T extends { set(old: T): void }>(old: T, grown: T): T {
  grown.set(old);
  return grown;
}

/** Writes `vector` as bytes and returns the scale that gives it back. */
function quantise(vector: Float32Array, bytes: Int8Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest / 127 || 1;
  for (let i = 0; i < vector.length; i++) bytes[i] = Math.round(vector[i]! / scale);
  return scale;
}

/** Writes one bit a number, set where it is above zero; returns `bits`. */
function signsOf(vector: Float32Array, bits: Uint16Array): Uint16Array {
  bits.fill(0);
  for (let i = 0; i < vector.length; i++) if (vector[i]! > 0) bits[i >> 4]! |= 1 << (i & 15);
  return bits;
}
