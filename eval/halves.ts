import { createHash } from 'node:crypto';

/** Choices are made on `tuning`; `held-out` shows what they are worth on resources that none was made on. */
export type Half = 'tuning' | 'held-out';

/**
 * Gives every query a half by a hash of the resource that answers it. Queries that share a relevant resource, directly
 * or through others, form a group that goes together under its first id, so no resource is relevant in both halves. The
 * halves do not depend on the order of the queries.
 * @param relevant for each query the ids of its relevant resources
 */
export function splitHalves(relevant: readonly (readonly string[])[]): Half[] {
  const parent = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    while (parent.get(root) !== undefined && parent.get(root) !== root) root = parent.get(root)!;
    // Everything on the way points at the root from now on: long chains would be walked again and again.
    for (let at = id; at !== root; ) {
      const next = parent.get(at)!;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const ids of relevant) {
    for (const id of ids) {
      const [first, second] = [rootOf(ids[0]!), rootOf(id)].sort();
      parent.set(second!, first!);
    }
  }
  return relevant.map(ids => (ids.length > 0 && isEven(rootOf(ids[0]!)) ? 'tuning' : 'held-out'));
}

const isEven = (id: string) => createHash('md5').update(id).digest()[0]! % 2 === 0;
