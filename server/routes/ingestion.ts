import { z } from 'zod';
import { cancelRun, retryFailed } from '../../library/ingestion-control.ts';
import { listItems, listProgress, requireProgress } from '../../library/ingestion-progress.ts';
import { ingestionRunReply, ingestionRunsReply, retryBody, retryReply } from '../api/ingestion.ts';
import { doneReply } from '../api/replies.ts';
import { only } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

const LISTED_FAILURES = 200;

/** How ingestion goes, and what to do about it, for admins. */
export async function ingestionRoutes(app: App, { database, queue }: RouteDeps): Promise<void> {
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
      const failures = await listItems(database.db, id, { states: ['failed'], limit: LISTED_FAILURES });
      return isoDates({ ...(await requireProgress(database.db, id)), failures });
    },
  );

  app.post(
    '/api/admin/ingestion-runs/:id/retry',
    { schema: { params, body: retryBody, response: { 200: retryReply } } },
    async request => {
      await requireProgress(database.db, request.params.id);
      return retryFailed({ database, queue }, request.params.id, request.body.item);
    },
  );

  app.post(
    '/api/admin/ingestion-runs/:id/cancel',
    { schema: { params, response: { 200: doneReply } } },
    async request => {
      await requireProgress(database.db, request.params.id);
      await cancelRun({ database }, request.params.id);
      return { done: true as const };
    },
  );
}
