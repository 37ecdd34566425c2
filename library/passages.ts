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
    }));
    await insertEmbeddings(db, spaceId, vectors);
  }
}

/** Stores vectors of a space, at most 100 a call; a passage that has one in this space keeps it. */
export async function insertEmbeddings(
  db: Db,
  spaceId: number,
  rows: { passageId: string; vector: Float32Array }[],
): Promise<void> {
  const places = rows.map((_, i) => `($1, $${i * 2 + 2}, $${i * 2 + 3})`);
  await db.query(
    `insert into public.embedding (space_id, passage_id, vector) values ${places.join(', ')} on conflict do nothing`,
    [spaceId, ...rows.flatMap(({ passageId, vector }) => [passageId, vectorParameter(vector)])],
  );
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
  const bytes = Buffer.allocUnsafe(4 + vector.length * 4);
  bytes.writeInt16BE(vector.length, 0);
  bytes.writeInt16BE(0, 2);
  for (let i = 0; i < vector.length; i++) bytes.writeFloatBE(vector[i]!, 4 + i * 4);
  return bytes;
}
