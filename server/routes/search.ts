import { z } from 'zod';
import { readTitles, requireResource } from '../../library/catalogue.ts';
import { AppError } from '../../library/errors.ts';
import { resourceReply, searchBody, searchReply } from '../api/search.ts';
import { askerOfRequest } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

/** What a browser shows without running anything of it; other originals are saved. */
const SHOWN_TYPES = new Set(['application/pdf', 'text/plain; charset=utf-8']);

/** No script; a browser's own viewer of PDF counts as an object and does not open in a sandbox. */
const SHOWN_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";

/** Open to visitors, who see what is public: a catalogue that cannot be looked at helps nobody choose. */
export async function searchRoutes(
  app: App,
  { database, searcher, recommender, files }: RouteDeps,
): Promise<void> {
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

  const schema = {
    params: z.object({ id: z.string().max(500) }),
    querystring: z.object({
      language: z
        .enum(['zh', 'en'])
        .optional()
        .describe('language of the reasons; that of the title without it'),
    }),
    response: { 200: resourceReply },
  };
  app.get('/api/resources/:id', { schema }, async request => {
    const asker = await askerOfRequest(database.readDb, request);
    const resource = await requireResource(database.readDb, request.params.id, asker);
    const { items } = await recommender.recommend(
      { similarTo: resource.resourceId, limit: 4, language: request.query.language },
      { asker },
    );
    const titles = await readTitles(database.readDb, resource.prerequisites, asker);
    return { ...isoDates(resource), titles, similar: items };
  });

  app.get('/api/resources/:id/file', { schema: { params: schema.params } }, async (request, reply) => {
    const { id } = request.params;
    const { file } = await requireResource(
      database.readDb,
      id,
      await askerOfRequest(database.readDb, request),
    );
    if (!file)
      throw new AppError('not-found', 'No original is kept of this resource. Read its text instead.');
    const name = id.slice(id.lastIndexOf('/') + 1);
    const shown = SHOWN_TYPES.has(file.mediaType) ? 'inline' : 'attachment';
    return (
      reply
        .header('content-type', file.mediaType)
        .header('content-length', file.bytes)
        .header('content-disposition', `${shown}; filename*=UTF-8''${encodeURIComponent(name)}`)
        // Somebody brought it: whatever is in it must not act in our name.
        .header('content-security-policy', shown === 'inline' ? SHOWN_POLICY : `${SHOWN_POLICY}; sandbox`)
        .header('cache-control', 'private, no-cache')
        .send(await files.open(file.hash))
    );
  });
}
