import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Db } from './db.ts';
import type { PassageInput } from './resources.ts';

/**
 * Rows per INSERT: one long book must not hold the database for longer than a search can wait
 * (100 rows with 256-dimension vectors take about 20 ms embedded).
 */
const ROWS_PER_STATEMENT = 100;

/** A passage with its vector in the live space, ready to be stored. */
export interface EmbeddedPassage extends PassageInput {
  vector: Float32Array;
  /** `hashText` of what the vector is of, where it should be found again. */
  textHash?: Buffer;
}

/** The text that stands for a passage in its embedding space: what it is about, then what it says. */
export function embeddingText(title: string, passage: PassageInput): string {
  return [title, passage.heading.join(' > '), passage.text].filter(part => part !== '').join('\n');
}

/**
 * Stores the passages of new versions with their vectors; run in a transaction. A version's passages are stored once
 * and never change, so that citations keep what they cite.
 */
export async function insertPassages(
  db: Db,
  versions: { versionId: string; passages: EmbeddedPassage[] }[],
  spaceId: number,
): Promise<void> {
  const rows = versions.flatMap(({ versionId, passages }) =>
    passages.map((passage, ordinal) => ({ versionId, ordinal, passage })),
  );
  for (let first = 0; first < rows.length; first += ROWS_PER_STATEMENT) {
    const slice = rows.slice(first, first + ROWS_PER_STATEMENT);
    const records = slice.map(({ versionId, ordinal, passage: { heading, locator, text } }) => ({
      version_id: versionId,
      ordinal,
      heading,
      locator,
      text,
    }));
    const { rows: stored } = await db.query<{ id: string; versionId: string; ordinal: number }>(
      `insert into public.passage (version_id, ordinal, heading, locator, text)
       select * from json_to_recordset($1) as row(version_id bigint, ordinal integer, heading text[], locator jsonb, text text)
       returning id, version_id::text as "versionId", ordinal`,
      [JSON.stringify(records)],
    );
    const ids = new Map(stored.map(row => [`${row.versionId}:${row.ordinal}`, row.id]));
    const vectors = slice.map(({ versionId, ordinal, passage }) => ({
      passageId: ids.get(`${versionId}:${ordinal}`)!,
      vector: passage.vector,
      textHash: passage.textHash,
    }));
    await insertEmbeddings(db, spaceId, vectors);
  }
}

/** Stores vectors of a space, at most 100 a call; a passage that has one in this space keeps it. */
export async function insertEmbeddings(
  db: Db,
  spaceId: number,
  rows: { passageId: string; vector: Float32Array; textHash: Buffer | undefined }[],
): Promise<void> {
  const places = rows.map((_, i) => `($1, $${i * 3 + 2}, $${i * 3 + 3}, $${i * 3 + 4})`);
  await db.query(
    `insert into public.embedding (space_id, passage_id, vector, text_hash) values ${places.join(', ')}
     on conflict do nothing`,
    [
      spaceId,
      ...rows.flatMap(({ passageId, vector, textHash }) => [
        passageId,
        vectorParameter(vector),
        textHash ?? null,
      ]),
    ],
  );
}

/** What a text is known by: 16 bytes are more than enough to tell the texts of a library apart. */
export function hashText(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}

/** Vectors of a space that are there already, by the hex of their text's hash. */
export async function findVectorsByText(
  db: Db,
  spaceId: number,
  hashes: Buffer[],
): Promise<Map<string, Float32Array>> {
  const { rows } = await db.query<{ hash: Buffer; vector: string }>(
    `select distinct on (text_hash) text_hash as hash, encode(vector_send(vector), 'hex') as vector
     from public.embedding where space_id = $1 and text_hash = any($2::bytea[])`,
    [spaceId, hashes],
  );
  return new Map(rows.map(({ hash, vector }) => [hash.toString('hex'), parseVector(vector)]));
}

/** Deletes the vectors of versions that were replaced; their passages stay, because citations refer to them. */
export async function deleteEmbeddings(db: Db, versionIds: string[]): Promise<void> {
  if (versionIds.length === 0) return;
  await db.query(
    `delete from public.embedding where passage_id in
       (select id from public.passage where version_id = any($1::bigint[]))`,
    [versionIds],
  );
}

/**
 * A vector in pgvector's binary format: int16 dimensions, int16 0, float32 each, all big-endian. `pg` sends a Buffer
 * as a binary parameter, which is twice as fast to store as the text form.
 */
export function vectorParameter(vector: Float32Array): Buffer {
  const bytes = Buffer.allocUnsafe(4 + vector.byteLength);
  bytes.writeInt16BE(vector.length, 0);
  bytes.writeInt16BE(0, 2);
  bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), 4);
  // Four times as quick as number by number.
  if (endianness() === 'LE') bytes.subarray(4).swap32();
  return bytes;
}

/** The vector of such bytes, in hex. */
export function parseVector(hex: string): Float32Array {
  const bytes = Buffer.from(hex, 'hex');
  const vector = new Float32Array(bytes.readInt16BE(0));
  for (let i = 0; i < vector.length; i++) vector[i] = bytes.readFloatBE(4 + i * 4);
  return vector;
}
