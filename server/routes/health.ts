import type { App, RouteDeps } from '../deps.ts';

/** For load balancers and dashboards: alive, ready to search, figures. */
export async function healthRoutes(app: App, { database, isReady, metrics }: RouteDeps): Promise<void> {
  app.get('/health/live', async () => ({ status: 'live' }));

  app.get('/health/ready', async (_request, reply) => {
    await database.readDb.query('select 1');
    return isReady() ? { status: 'ready' } : reply.status(503).send({ status: 'loading the search index' });
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
