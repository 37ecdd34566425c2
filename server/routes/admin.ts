import { z } from 'zod';
import { listAccounts } from '../../library/accounts.ts';
import { countAnswers, listAnswers, requireAnswer } from '../../library/answer-list.ts';
import { countLibrary } from '../../library/catalogue.ts';
import { listCitationDoubts } from '../../library/feedback.ts';
import { listGaps } from '../../library/gaps.ts';
import { findGenerations, listGenerations } from '../../library/generations.ts';
import { countPlanDoubts, listPlanDoubts } from '../../library/plan-doubts.ts';
import { countInReview } from '../../library/resource-list.ts';
import {
  answerDetailReply,
  answersQuery,
  answersReply,
  generationsReply,
  overviewReply,
  planDoubtsReply,
} from '../api/admin.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

/** What the people in charge look at: answers with their evidence, gaps, model calls. */
export async function adminRoutes(app: App, { database }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['admin']));
  const { db } = database;

  app.get('/api/admin/overview', { schema: { response: { 200: overviewReply } } }, async request => {
    const { organisationId } = requireAccount(request);
    const [library, accounts, answers, gaps, planDoubts, inReview, plans] = await Promise.all([
      countLibrary(db),
      listAccounts(db),
      countAnswers(db, organisationId),
      listGaps(db, organisationId, 20),
      countPlanDoubts(db, organisationId),
      countInReview(db, organisationId),
      db.query<{ n: number }>('select count(*)::int as n from lesson_plan where organisation_id = $1', [
        organisationId,
      ]),
    ]);
    return isoDates({
      ...library,
      accounts: accounts.length,
      answers,
      gaps,
      planDoubts,
      inReview,
      plans: plans.rows[0]!.n,
    });
  });

  app.get(
    '/api/admin/answers',
    { schema: { querystring: answersQuery, response: { 200: answersReply } } },
    async request => {
      const { organisationId } = requireAccount(request);
      return { answers: isoDates(await listAnswers(db, { organisationId, ...request.query })) };
    },
  );

  const params = z.object({ messageId: z.uuid() });
  app.get(
    '/api/admin/answers/:messageId',
    { schema: { params, response: { 200: answerDetailReply } } },
    async request => {
      const { messageId } = request.params;
      const { card, answer } = await requireAnswer(db, messageId, requireAccount(request).organisationId);
      const [doubts, generations] = await Promise.all([
        listCitationDoubts(db, messageId),
        findGenerations(db, { messageId }),
      ]);
      return isoDates({ card, answer, doubts, generations });
    },
  );

  app.get('/api/admin/plan-doubts', { schema: { response: { 200: planDoubtsReply } } }, async request => ({
    doubts: isoDates(await listPlanDoubts(db, requireAccount(request).organisationId)),
  }));

  app.get('/api/admin/generations', { schema: { response: { 200: generationsReply } } }, async request => ({
    generations: isoDates(
      await listGenerations(db, { organisationId: requireAccount(request).organisationId, limit: 100 }),
    ),
  }));
}
