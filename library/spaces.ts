import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/** What makes vectors comparable: the model, its dimensions and how text is prepared for it. */
export interface SpaceKey {
  model: string;
  dimensions: number;
  preprocessing: string;
}

/** A space of vectors; queries never mix spaces. */
export interface EmbeddingSpace extends SpaceKey {
  id: number;
  state: 'building' | 'live' | 'retired';
}

export const SPACE_COLUMNS = 'id, model, dimensions, preprocessing, state';

/** The space that searches use; undefined before the first start. */
export async function findLiveSpace(db: Db): Promise<EmbeddingSpace | undefined> {
  const { rows } = await db.query<EmbeddingSpace>(
    `select ${SPACE_COLUMNS} from public.embedding_space where state = 'live'`,
  );
  return rows[0];
}

/** The space of `key`, whatever its state; undefined when there never was one. */
export async function findSpace(db: Db, key: SpaceKey): Promise<EmbeddingSpace | undefined> {
  const { rows } = await db.query<EmbeddingSpace>(
    `select ${SPACE_COLUMNS} from public.embedding_space
     where model = $1 and dimensions = $2 and preprocessing = $3`,
    [key.model, key.dimensions, key.preprocessing],
  );
  return rows[0];
}

/**
 * The live space, whichever model it is of; a library that never had one gets that of `key` here (first start).
 * @throws AppError `conflict` when no space is live although there was one.
 */
export async function liveSpace(db: Db, key: SpaceKey): Promise<EmbeddingSpace> {
  // Two processes may both start first: the one that comes second finds the other's row.
  await db.query(
    `insert into public.embedding_space (model, dimensions, preprocessing, state)
     select $1, $2, $3, 'live'
     where not exists (select from public.embedding_space where state = 'live')
     on conflict do nothing`,
    [key.model, key.dimensions, key.preprocessing],
  );
  const live = await findLiveSpace(db);
  if (live) return live;
  throw new AppError(
    'conflict',
    `The library has no live vectors, but others of ${describeSpace(key)}. Restore a backup: a space that was live once is never taken away without another in its place.`,
  );
}

/**
 * Makes sure, to the end of this transaction, that vectors stored now are of the space that searches use: a switch to
 * another space waits for us, or we find it done.
 * @throws AppError `conflict` when the space is not the live one any more; `isSpaceChange` knows it.
 */
export async function holdLiveSpace(db: Db, spaceId: number): Promise<void> {
  const { rowCount } = await db.query(
    `select from public.embedding_space where id = $1 and state = 'live' for key share`,
    [spaceId],
  );
  if (rowCount) return;
  throw new AppError('conflict', `Embedding space ${spaceId} is not live any more. Embed for the live one.`, {
    details: { spaceChanged: true },
  });
}

/** True for the error of `holdLiveSpace`. */
export function isSpaceChange(error: unknown): boolean {
  return error instanceof AppError && error.details?.spaceChanged === true;
}

/** Whether vectors of both can be compared. */
export function isSameSpace(a: SpaceKey, b: SpaceKey): boolean {
  return a.model === b.model && a.dimensions === b.dimensions && a.preprocessing === b.preprocessing;
}

/** A space in words. */
export function describeSpace({ model, dimensions, preprocessing }: SpaceKey): string {
  return `${model} (${dimensions} dimensions, preprocessing ${preprocessing})`;
}
