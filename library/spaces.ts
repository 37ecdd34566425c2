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

const COLUMNS = 'id, model, dimensions, preprocessing, state';

/** The space that searches use; undefined before the first start. */
export async function findLiveSpace(db: Db): Promise<EmbeddingSpace | undefined> {
  const { rows } = await db.query<EmbeddingSpace>(
    `select ${COLUMNS} from public.embedding_space where state = 'live'`,
  );
  return rows[0];
}

/**
 * The live space, which must be the one of `key`; a library without one gets it here (first start).
 * @throws AppError `conflict` when the live vectors belong to another model.
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
  if (live && describe(live) === describe(key)) return live;
  throw new AppError(
    'conflict',
    live
      ? `The library's vectors are of ${describe(live)}, but the embedder is ${describe(key)}. ` +
          'Run `zhujiao reembed` to build vectors for it, or set EMBEDDING_MODEL back.'
      : `The library has no live vectors, but retired ones of ${describe(key)}. Run \`zhujiao reembed\`.`,
  );
}

function describe({ model, dimensions, preprocessing }: SpaceKey): string {
  return `${model} (${dimensions} dimensions, preprocessing ${preprocessing})`;
}
