import { requireMessage } from '../../library/conversations.ts';
import { requireOwnCitation, saveFeedback } from '../../library/feedback.ts';
import { requestMaterial } from '../../library/gaps.ts';
import { feedbackBody, recommendBody, recommendReply, wishBody } from '../api/recommendations.ts';
import { doneReply } from '../api/replies.ts';
import { askerOfRequest, only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';

/** Recommendations, and what people say back: opinions and wishes. */
export async function recommendationRoutes(app: App, { database, recommender }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['learner', 'teacher', 'admin']));

  app.post(
    '/api/recommendations',
    { schema: { body: recommendBody, response: { 200: recommendReply } } },
    async request => {
      const asker = await askerOfRequest(database.db, request);
      return recommender.recommend(request.body, { asker });
    },
  );

  app.post(
    '/api/feedback',
    { schema: { body: feedbackBody, response: { 200: doneReply } } },
    async request => {
      const feedback = request.body;
      const accountId = requireAccount(request).id;
      if (feedback.targetKind === 'citation') {
        await requireOwnCitation(database.db, feedback.targetId, accountId);
      }
      await saveFeedback(database.db, { ...feedback, accountId });
      return { done: true as const };
    },
  );

  app.post('/api/wishes', { schema: { body: wishBody, response: { 200: doneReply } } }, async request => {
    const { messageId } = request.body;
    await requireMessage(database.db, messageId, requireAccount(request).id);
    await database.transaction(db => requestMaterial(db, messageId));
    return { done: true as const };
  });
}
