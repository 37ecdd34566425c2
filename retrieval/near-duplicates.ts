import { createHash } from 'node:crypto';

/** Characters of a shingle: long enough that texts on one topic share few, short enough that a changed word costs few. */
const SHINGLE = 8;
/** So many of the smallest hashes stand for a text (bottom-k sketch: Broder, On the resemblance and containment of documents, 1997). */
const SKETCH = 400;

/** What stands for a text when it is compared: the smallest hashes of its shingles, ascending. */
export type Sketch = readonly number[];

/** The sketch of a text, whatever its spaces, punctuation and case. */
export function sketchOf(text: string): Sketch {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  const hashes = new Set<number>();
  for (let at = 0; at + SHINGLE <= bare.length || at === 0; at++) {
    hashes.add(
      createHash('md5')
        .update(bare.slice(at, at + SHINGLE))
        .digest()
        .readUInt32LE(0),
    );
  }
  return [...hashes].sort((a, b) => a - b).slice(0, SKETCH);
}

/** How alike two texts are: about the share of shingles that both have among all that either has, 0 to 1. */
export function resemblance(a: Sketch, b: Sketch): number {
  const smallest = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, SKETCH);
  const [inA, inB] = [new Set(a), new Set(b)];
  return smallest.filter(hash => inA.has(hash) && inB.has(hash)).length / smallest.length;
}
