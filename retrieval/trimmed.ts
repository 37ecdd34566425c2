import type { Pacer } from './pacer.ts';

/** Copied at once: some tenth of a millisecond. */
const PIECE_BYTES = 1 << 20;

/** The first `length` numbers of an array in memory of their own, copied in slices; the array itself if that is all. */
export async function trimmed<A extends Uint8Array | Uint32Array | Float64Array>(
  array: A,
  length: number,
  pacer: Pacer,
): Promise<A> {
  if (array.length === length) return array;
  const copy = new (array.constructor as new (length: number) => A)(length);
  const piece = PIECE_BYTES / array.BYTES_PER_ELEMENT;
  for (let from = 0; from < length; from += piece) {
    copy.set(array.subarray(from, Math.min(length, from + piece)), from);
    if (pacer.due()) await pacer.pause();
  }
  return copy;
}
