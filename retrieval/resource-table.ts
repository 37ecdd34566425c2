import type { NearestFilters } from '../library/nearest-passages.ts';
import { fits } from './filters.ts';
import type { IndexedResource } from './lexical-index.ts';
import type { SegmentUnits } from './segment.ts';

/** Resources that a search may find. */
export interface WantedResources {
  isWanted(slot: number): boolean;
  /**
   * Where only few are wanted, the first units of those in a segment, ascending: so nothing else is scored. Some of them
   * may be gone, so `isWanted` is asked all the same.
   */
  firstsIn?(segment: SegmentUnits): Uint32Array;
}

/** Filters that fewer resources than this share fit are looked up; with more, going over all that match costs less. */
const FEW = 0.2;
/** Filters whose resources are remembered for each segment. */
const MOST_REMEMBERED = 64;
const GONE = -1;

export type ResourceTable = ReturnType<typeof createResourceTable>;

/**
 * The resources of an index by slot: a number that each gets when it is added and that is never used again. Resources of
 * one language, stage, subject and type are of one kind: a filter looks at kinds, of which there are few.
 */
export function createResourceTable(content: readonly (IndexedResource | null)[] = []) {
  const slots: (IndexedResource | null)[] = [];
  const slotOf = new Map<string, number>();
  let kindOf = new Int32Array(1024).fill(GONE);
  const kinds = new Map<string, number>();
  /** By kind one of its resources, and how many there are. */
  const samples: IndexedResource[] = [];
  const sizes: number[] = [];
  const firsts = new WeakMap<SegmentUnits, Map<string, Uint32Array>>();

  const kindOfResource = (resource: IndexedResource): number => {
    const { language, stage, subject, type } = resource;
    const key = JSON.stringify([language, stage, subject, type]);
    const known = kinds.get(key);
    if (known !== undefined) return known;
    kinds.set(key, samples.length);
    sizes.push(0);
    return samples.push(resource) - 1;
  };

  const reserve = (): number => {
    const slot = slots.push(null) - 1;
    if (slot >= kindOf.length) {
      const grown = new Int32Array(2 * kindOf.length).fill(GONE);
      grown.set(kindOf);
      kindOf = grown;
    }
    return slot;
  };

  const put = (slot: number, resource: IndexedResource) => {
    slots[slot] = resource;
    slotOf.set(resource.id, slot);
    kindOf[slot] = kindOfResource(resource);
    sizes[kindOf[slot]!]!++;
  };

  for (const resource of content) {
    const slot = reserve();
    if (resource) put(slot, resource);
  }

  /** Of a closed segment, which never changes, they are remembered; what is gone since is among them. */
  const firstsOf = (segment: SegmentUnits, isFitting: Uint8Array, key: string): Uint32Array => {
    const isClosed = 'lists' in segment;
    const remembered = firsts.get(segment) ?? new Map<string, Uint32Array>();
    const known = remembered.get(key);
    if (known) return known;
    const found: number[] = [];
    for (let first = 0; first < segment.unitCount; first = segment.layout[first + 1]!) {
      if (isFitting[kindOf[segment.ids[first]!]!]) found.push(first);
    }
    const result = Uint32Array.from(found);
    if (isClosed) {
      firsts.set(segment, remembered.set(key, result));
      if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
    }
    return result;
  };

  /** Of resources that are named one by one. */
  const wantedOf = (
    resourceIds: readonly string[],
    filters: NearestFilters,
    isLeft: (slot: number) => boolean,
  ): WantedResources => {
    const named = new Set(resourceIds.map(id => slotOf.get(id)));
    const isWanted = (slot: number) => named.has(slot) && fits(slots[slot]!, filters) && isLeft(slot);
    return {
      isWanted,
      firstsIn(segment) {
        const found: number[] = [];
        for (let first = 0; first < segment.unitCount; first = segment.layout[first + 1]!) {
          if (isWanted(segment.ids[first]!)) found.push(first);
        }
        return Uint32Array.from(found);
      },
    };
  };

  return {
    at: (slot: number): IndexedResource | null | undefined => slots[slot],
    find: (resourceId: string): IndexedResource | undefined => {
      const slot = slotOf.get(resourceId);
      return slot === undefined ? undefined : slots[slot]!;
    },
    /** A new slot, empty until `put`. */
    reserve,
    put,
    /** Empties the slot of a resource; returns whether it had one. */
    remove(resourceId: string): boolean {
      const slot = slotOf.get(resourceId);
      if (slot === undefined) return false;
      sizes[kindOf[slot]!]!--;
      kindOf[slot] = GONE;
      slots[slot] = null;
      return slotOf.delete(resourceId);
    },
    size: () => slotOf.size,
    /** By slot. */
    content: () => [...slots],
    /** The resources that fit `filters`, without those of `exclude`. */
    wanted(filters: NearestFilters = {}, exclude: readonly string[] = []): WantedResources {
      const excluded = new Set(exclude.map(id => slotOf.get(id)));
      const isLeft = (slot: number) => !(excluded.size > 0 && excluded.has(slot));
      if (Object.values(filters).every(value => value === undefined)) {
        return { isWanted: slot => (kindOf[slot] ?? GONE) !== GONE && isLeft(slot) };
      }
      if (filters.resourceIds) return wantedOf(filters.resourceIds, filters, isLeft);
      const isFitting = Uint8Array.from(samples, sample => Number(fits(sample, filters)));
      const count = sizes.reduce((sum, size, kind) => sum + size * isFitting[kind]!, 0);
      const isWanted = (slot: number) => isFitting[kindOf[slot]!] === 1 && isLeft(slot);
      if (count > FEW * slotOf.size) return { isWanted };
      const { language, stage, subject, type } = filters;
      const key = JSON.stringify([language, stage, subject, type]);
      return { isWanted, firstsIn: segment => firstsOf(segment, isFitting, key) };
    },
  };
}
