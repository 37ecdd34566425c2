import { listNotices, readNotices } from '../../library/notices.ts';
import { noticesReadBody, noticesReply } from '../api/notices.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

const LISTED = 30;

/** What somebody is told of what others did. */
export async function noticeRoutes(app: App, { database }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['learner', 'teacher', 'admin']));

  app.get('/api/notices', { schema: { response: { 200: noticesReply } } }, async request => ({
    notices: isoDates(await listNotices(database.readDb, requireAccount(request).id, LISTED)),
  }));

  app.post(
    '/api/notices/read',
    { schema: { body: noticesReadBody, response: { 200: doneReply } } },
    async request => {
      await readNotices(database.db, requireAccount(request).id, request.body.lastId);
      return { done: true as const };
    },
  );
}
