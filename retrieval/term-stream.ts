/**
 * Kinds of terms: `p` Latin words and digit groups (stemmed), `w` two adjacent of them, `b` Han bigrams, `u` single Han
 * characters. Han words out of a dictionary added nothing to these (decision 0010).
 */
export type TermKind = 'p' | 'w' | 'b' | 'u';

/**
 * The terms of one text in reading order, as parallel arrays: key, kind, and where the term stands in the folded text.
 * Reused from text to text: an object per term would cost more than the analysis itself.
 */
export interface TermStream {
  count: number;
  /** Number of `p` and `b` terms: the length of the text for length normalisation. */
  length: number;
  keys: Float64Array;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
}

/** Codes of the kinds in `TermStream.kinds`. */
export const KIND_CODES = { p: 0, w: 1, b: 2, u: 3 } as const;
export const KINDS: readonly TermKind[] = ['p', 'w', 'b', 'u'];

export function createTermStream(): TermStream {
  return { count: 0, length: 0, ...arrays(1024) };
}

function arrays(size: number): Pick<TermStream, 'keys' | 'kinds' | 'starts' | 'ends'> {
  return {
    keys: new Float64Array(size),
    kinds: new Uint8Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
  };
}

/** Makes a stream empty; its arrays stay. */
export function clear(stream: TermStream): void {
  stream.count = 0;
  stream.length = 0;
}

/** Makes room for `more` further terms. */
export function reserve(stream: TermStream, more: number): void {
  if (stream.count + more <= stream.keys.length) return;
  const grown = arrays(Math.max(stream.keys.length * 2, stream.count + more));
  grown.keys.set(stream.keys);
  grown.kinds.set(stream.kinds);
  grown.starts.set(stream.starts);
  grown.ends.set(stream.ends);
  Object.assign(stream, grown);
}
