import { z } from 'zod';
import { findFailures, listProgress, requireProgress } from '../../library/ingestion-runs.ts';
import { ingestionRunReply, ingestionRunsReply } from '../api/ingestion.ts';
import { only } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

/** How ingestion goes, for admins. */
export async function ingestionRoutes(app: App, { database }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['admin']));

  app.get('/api/admin/ingestion-runs', { schema: { response: { 200: ingestionRunsReply } } }, async () => ({
    runs: isoDates(await listProgress(database.db, 50)),
  }));

  const params = z.object({ id: z.string().regex(/^\d+$/) });
  app.get(
    '/api/admin/ingestion-runs/:id',
    { schema: { params, response: { 200: ingestionRunReply } } },
    async request => {
      const { id } = request.params;
      return isoDates({
        ...(await requireProgress(database.db, id)),
        failures: await findFailures(database.db, id, 200),
      });
    },
  );
}
