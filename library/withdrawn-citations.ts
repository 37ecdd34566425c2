import type { Citation } from './answer.ts';
import type { Db } from './db.ts';

/**
 * Marks which citations rest on a resource that was withdrawn since. An answer or plan is stored as it was shown, so
 * this is found out whenever one is read.
 */
export async function markWithdrawn<T extends { citations: Citation[] } | null>(
  db: Db,
  contents: T[],
): Promise<T[]> {
  const ids = contents.flatMap(content => content?.citations.map(({ resourceId }) => resourceId) ?? []);
  if (ids.length === 0) return contents;
  const { rows } = await db.query<{ id: string }>(
    `select id from resource where id = any($1::text[]) and status = 'withdrawn'`,
    [[...new Set(ids)]],
  );
  const withdrawn = new Set(rows.map(({ id }) => id));
  return contents.map(
    content =>
      content && {
        ...content,
        citations: content.citations.map(citation => ({
          ...citation,
          withdrawn: withdrawn.has(citation.resourceId),
        })),
      },
  );
}
