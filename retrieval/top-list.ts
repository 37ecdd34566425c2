/** Keeps the `limit` best of what it is given. */
export interface TopList<T> {
  add(item: T): void;
  /** What an item must exceed to enter; 0 while there is room, and scores are positive. */
  least(): number;
  /** Best first; equal scores in order of arrival. */
  best(): T[];
}

/** A list of the `limit` items with the highest `scoreOf`. Adding costs the logarithm of `limit`. */
export function createTopList<T>(limit: number, scoreOf: (item: T) => number): TopList<T> {
  // A binary heap with the least score at its root; `order` breaks ties in favour of who came first.
  const heap: { item: T; score: number; order: number }[] = [];
  let arrivals = 0;
  const isLess = (a: number, b: number) =>
    heap[a]!.score < heap[b]!.score || (heap[a]!.score === heap[b]!.score && heap[a]!.order > heap[b]!.order);
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  const sift = () => {
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && isLess(child, least)) least = child;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    add(item) {
      const entry = { item, score: scoreOf(item), order: arrivals++ };
      if (heap.length === limit) {
        if (limit === 0 || entry.score <= heap[0]!.score) return;
        heap[0] = entry;
        sift();
        return;
      }
      heap.push(entry);
      for (let at = heap.length - 1; at > 0 && isLess(at, (at - 1) >> 1); at = (at - 1) >> 1)
        swap(at, (at - 1) >> 1);
    },
    least: () => (heap.length < limit ? 0 : heap[0]!.score),
    best: () => [...heap].sort((a, b) => b.score - a.score || a.order - b.order).map(entry => entry.item),
  };
}
