/** The `limit` highest of the numbers that it is given. */
export interface TopScores {
  add(score: number): void;
  /** What a number must exceed to be among them; 0 while there is room, and numbers are positive. */
  least(): number;
}

/** A binary heap of bare numbers, for the innermost loops; `createTopList` keeps items. */
export function createTopScores(limit: number): TopScores {
  const heap = new Float64Array(limit);
  let size = 0;
  const rise = (score: number) => {
    let at = size++;
    for (; at > 0 && heap[(at - 1) >> 1]! > score; at = (at - 1) >> 1) heap[at] = heap[(at - 1) >> 1]!;
    heap[at] = score;
  };
  const sink = (score: number) => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= limit) break;
      if (child + 1 < limit && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= score) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = score;
  };
  return {
    add(score) {
      if (size < limit) rise(score);
      else if (score > heap[0]!) sink(score);
    },
    least: () => (size < limit ? 0 : heap[0]!),
  };
}
