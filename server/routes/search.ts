import { z } from 'zod';
import { readTitles, requireResource } from '../../library/catalogue.ts';
import { resourceReply, searchBody, searchReply } from '../api/search.ts';
import { askerOfRequest } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

/** Open to visitors, who see what is public: a catalogue that cannot be looked at helps nobody choose. */
export async function searchRoutes(app: App, { database, searcher, recommender }: RouteDeps): Promise<void> {
  app.post('/api/search', { schema: { body: searchBody, response: { 200: searchReply } } }, async request => {
    const started = performance.now();
    const { query, limit, offset, facets: wantsFacets, ...filters } = request.body;
    const asker = await askerOfRequest(database.readDb, request);
    const found = await searcher.search({ query, limit: offset + limit, filters }, asker);
    const results = found
      .slice(offset)
      .map(result => ({ ...result, reason: recommender.reasonOf(result, query) }));
    const facets = wantsFacets ? await searcher.facets({ query, filters }, asker) : null;
    return { results, facets, tookMs: Math.round((performance.now() - started) * 10) / 10 };
  });

  const schema = { params: z.object({ id: z.string().max(500) }), response: { 200: resourceReply } };
  app.get('/api/resources/:id', { schema }, async request => {
    const asker = await askerOfRequest(database.readDb, request);
    const resource = await requireResource(database.readDb, request.params.id, asker);
    const { items } = await recommender.recommend({ similarTo: resource.resourceId, limit: 4 }, { asker });
    const titles = await readTitles(database.readDb, resource.prerequisites, asker);
    return { ...isoDates(resource), titles, similar: items };
  });
}
