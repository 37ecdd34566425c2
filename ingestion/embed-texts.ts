import type { Db } from '../library/db.ts';
import { findVectorsByText, hashText } from '../library/passages.ts';
import type { SpaceEmbedder } from '../models/live-embedder.ts';

/** A vector and, where it cost something, the hash that it is found by. */
export interface EmbeddedText {
  vector: Float32Array;
  textHash?: Buffer;
}

/**
 * Vectors of `texts` in their order. What the space knows already (from an earlier version, another resource or an
 * attempt that was cut short) is taken from there, and equal texts are sent once: only new text is paid for.
 * @throws whatever the embedder throws
 */
export async function embedTexts(
  db: Db,
  { space, embedder }: SpaceEmbedder,
  texts: string[],
  signal: AbortSignal,
): Promise<EmbeddedText[]> {
  if (embedder.local) return (await embedder.embed(texts, signal)).map(vector => ({ vector }));
  const hashes = texts.map(hashText);
  const keys = hashes.map(hash => hash.toString('hex'));
  const known = await findVectorsByText(db, space.id, hashes);
  const unknown = new Map(keys.flatMap((key, i) => (known.has(key) ? [] : [[key, texts[i]!] as const])));
  if (unknown.size > 0) {
    const vectors = await embedder.embed([...unknown.values()], signal);
    for (const [i, key] of [...unknown.keys()].entries()) known.set(key, vectors[i]!);
  }
  return keys.map((key, i) => ({ vector: known.get(key)!, textHash: hashes[i]! }));
}
