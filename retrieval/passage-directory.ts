import type { NearestFilters } from '../library/nearest-passages.ts';
import { fits } from './filters.ts';
import type { IndexedResource } from './lexical-index.ts';

/** The passages of live resources that fit a filter. */
export interface FittingPassages {
  readonly count: number;
  /** Bit `id % 8` of byte `id / 8` is set if passage `id` is one of them; ids beyond the end are not. */
  readonly bits: Uint8Array;
}

/**
 * Which resource every passage is of, in the process: four bytes a passage. A server's vector search is told by it what
 * fits a filter, and so neither counts nor joins in SQL.
 */
export interface PassageDirectory {
  /** Puts the passages of a resource in the place of those it had. */
  add(resource: IndexedResource, passageIds: number[]): void;
  remove(resourceId: string): void;
  /** The resource that a passage is of; undefined if it is not live, or not known yet. */
  ownerOf(passageId: number): string | undefined;
  /** How many passages there are. */
  size(): number;
  /** What fits `filters`, kept up to date from the first time on; building it takes some 10 ms for a million passages. */
  fitting(filters: NearestFilters): FittingPassages;
  content(): DirectoryContent;
}

/** What a snapshot holds. */
export interface DirectoryContent {
  /** By passage id the number of its resource in `resourceIds`, -1 for none. */
  owners: Int32Array;
  resourceIds: string[];
}

/** Filters whose passages are remembered; each takes a bit a passage. */
const MOST_VIEWS = 64;

interface View {
  filters: NearestFilters;
  count: number;
  bits: Uint8Array;
}

/** `find` gives the resources of a loaded snapshot; those that it does not know are left out. */
export function createPassageDirectory(
  content?: DirectoryContent,
  find: (resourceId: string) => IndexedResource | undefined = () => undefined,
): PassageDirectory {
  let owners = content?.owners ?? new Int32Array(0);
  let size = 0;
  const resources: (IndexedResource | undefined)[] = content ? content.resourceIds.map(find) : [];
  const numbers = new Map(resources.flatMap((resource, i) => (resource ? [[resource.id, i] as const] : [])));
  /** By resource number the first and the last of its passages; those of others may lie between. */
  const first: number[] = [];
  const last: number[] = [];
  owners.forEach((owner, id) => {
    if (owner < 0) return;
    // Not in the lexical index: it is added again when the library is looked at.
    if (!resources[owner]) {
      owners[id] = -1;
      return;
    }
    size++;
    first[owner] ??= id;
    last[owner] = id;
  });
  // A resource without passages.
  resources.forEach((_, number) => {
    first[number] ??= Number.POSITIVE_INFINITY;
    last[number] ??= -1;
  });
  /** By filter, the one used longest ago first. */
  const views = new Map<string, View>();

  /** Makes room for passage `id`: ids come in rising order, so the arrays grow by halves. */
  const reach = (id: number) => {
    if (id < owners.length) return;
    const room = Math.ceil((id + 1024) * 1.5);
    const grown = new Int32Array(room).fill(-1);
    grown.set(owners);
    owners = grown;
    for (const view of views.values()) {
      const bits = new Uint8Array(Math.ceil(room / 8));
      bits.set(view.bits);
      view.bits = bits;
    }
  };

  const remove = (resourceId: string) => {
    const number = numbers.get(resourceId);
    if (number === undefined) return;
    const fitting = [...views.values()].filter(({ filters }) => fits(resources[number]!, filters));
    for (let id = first[number]!; id <= last[number]!; id++) {
      if (owners[id] !== number) continue;
      owners[id] = -1;
      size--;
      for (const view of fitting) {
        view.bits[id >> 3]! &= ~(1 << (id & 7));
        view.count--;
      }
    }
    resources[number] = undefined;
    numbers.delete(resourceId);
  };

  const buildView = (filters: NearestFilters): View => {
    // Asked once a resource, not once a passage.
    const isFitting = Uint8Array.from(resources, resource =>
      Number(resource !== undefined && fits(resource, filters)),
    );
    const bits = new Uint8Array(Math.ceil(owners.length / 8));
    let count = 0;
    for (let id = 0; id < owners.length; id++) {
      if (owners[id]! < 0 || !isFitting[owners[id]!]) continue;
      bits[id >> 3]! |= 1 << (id & 7);
      count++;
    }
    return { filters, count, bits };
  };

  return {
    add(resource, passageIds) {
      remove(resource.id);
      const number = resources.push(resource) - 1;
      numbers.set(resource.id, number);
      first[number] = Number.POSITIVE_INFINITY;
      last[number] = -1;
      const fitting = [...views.values()].filter(({ filters }) => fits(resource, filters));
      for (const id of passageIds) {
        reach(id);
        owners[id] = number;
        size++;
        first[number] = Math.min(first[number]!, id);
        last[number] = Math.max(last[number]!, id);
        for (const view of fitting) {
          view.bits[id >> 3]! |= 1 << (id & 7);
          view.count++;
        }
      }
    },
    remove,
    size: () => size,
    ownerOf: passageId => resources[owners[passageId] ?? -1]?.id,
    fitting(filters) {
      // What is named one by one is asked for once: it is not remembered.
      if (filters.resourceIds) return buildView(filters);
      const { language, stage, subject, type } = filters;
      const key = JSON.stringify([language, stage, subject, type]);
      const view = views.get(key) ?? buildView({ language, stage, subject, type });
      views.delete(key);
      views.set(key, view);
      if (views.size > MOST_VIEWS) views.delete(views.keys().next().value!);
      return view;
    },
    content() {
      // Resources that are gone leave no number behind in a snapshot.
      const renumbered = new Int32Array(resources.length).fill(-1);
      const resourceIds: string[] = [];
      for (const [id, number] of numbers) renumbered[number] = resourceIds.push(id) - 1;
      return { owners: owners.map(owner => renumbered[owner] ?? -1), resourceIds };
    },
  };
}

/** The ids of `passages`, rising. */
export function idsOf({ count, bits }: FittingPassages): number[] {
  const ids = new Array<number>(count);
  let next = 0;
  for (let byte = 0; byte < bits.length; byte++) {
    for (let rest = bits[byte]!; rest > 0; rest &= rest - 1)
      ids[next++] = byte * 8 + 31 - Math.clz32(rest & -rest);
  }
  return ids;
}
