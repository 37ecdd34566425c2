import type { Asker } from '../library/accounts.ts';
import type { Db } from '../library/db.ts';
import { readTexts } from '../library/resource-list.ts';
import { resemblance, sketchOf } from '../retrieval/near-duplicates.ts';
import type { Searcher } from '../retrieval/search.ts';

/** So many of what a search for the text finds are compared with it. */
const COMPARED = 20;
/** Characters of the text that the search is made of, behind the title. */
const QUERY_LENGTH = 400;
/** Below it two texts have a topic in common, not their words. */
const LEAST_RESEMBLANCE = 0.4;

export interface NearDuplicate {
  resourceId: string;
  title: string;
  /** About the share of the text that both have, 0 to 1. */
  resemblance: number;
}

/** Live resources whose text is nearly that of this one, the most alike first. */
export async function findNearDuplicates(
  { searcher, db }: { searcher: Searcher; db: Db },
  resource: { resourceId: string; title: string },
  asker: Asker,
): Promise<NearDuplicate[]> {
  const text = (await readTexts(db, [resource.resourceId])).get(resource.resourceId) ?? '';
  const query = `${resource.title} ${text.slice(0, QUERY_LENGTH)}`;
  const found = await searcher.search({ query, limit: COMPARED, filters: {} }, asker);
  const others = found.filter(({ resourceId }) => resourceId !== resource.resourceId);
  const texts = await readTexts(
    db,
    others.map(({ resourceId }) => resourceId),
  );
  const own = sketchOf(text);
  return others
    .map(({ resourceId, title }) => ({
      resourceId,
      title,
      resemblance: resemblance(own, sketchOf(texts.get(resourceId) ?? '')),
    }))
    .filter(other => other.resemblance >= LEAST_RESEMBLANCE)
    .sort((a, b) => b.resemblance - a.resemblance);
}
