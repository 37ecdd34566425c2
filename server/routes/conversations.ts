import { z } from 'zod';
import { askerOf } from '../../library/accounts.ts';
import {
  addQuestion,
  createConversation,
  deleteConversation,
  listConversations,
  requireConversation,
  requireMessage,
} from '../../library/conversations.ts';
import { historyOf, startAnswer } from '../answering.ts';
import {
  askBody,
  askReply,
  conversationReply,
  conversationsReply,
  followBody,
} from '../api/conversations.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';
import { sendStream } from '../stream.ts';

const params = z.object({ id: z.uuid() });
/** Conversations in which these words stand, as they are, in a question or an answer. */
const conversationsQuery = z.object({ words: z.string().trim().max(200).default('') });

export async function conversationRoutes(app: App, deps: RouteDeps): Promise<void> {
  const { database, runs } = deps;
  app.addHook('preHandler', only(['learner', 'teacher', 'admin']));
  // Thirty questions a minute are more than a person asks; the limit is on the account, a class shares an address.
  const config = {
    rateLimit: {
      max: 30,
      timeWindow: '1 minute',
      keyGenerator: (request: { account: { id: string } | null; ip: string }) =>
        request.account?.id ?? request.ip,
    },
  };

  app.get(
    '/api/conversations',
    { schema: { querystring: conversationsQuery, response: { 200: conversationsReply } } },
    async request => {
      const { id } = requireAccount(request);
      return { conversations: isoDates(await listConversations(database.db, id, request.query.words)) };
    },
  );

  app.post(
    '/api/conversations',
    { config, schema: { body: askBody, response: { 202: askReply } } },
    async (request, reply) => {
      const account = requireAccount(request);
      const { question, stage, language } = request.body;
      const asked = await database.transaction(async db => {
        const conversationId = await createConversation(db, {
          organisationId: account.organisationId,
          accountId: account.id,
          question,
          ...(stage && { stage }),
          ...(language && { language }),
        });
        return { conversationId, messageId: await addQuestion(db, conversationId, question) };
      });
      const asker = await askerOf(database.db, account);
      startAnswer(deps, {
        messageId: asked.messageId,
        question,
        history: [],
        stage,
        language,
        account,
        asker,
      });
      return reply.status(202).send(asked);
    },
  );

  app.get(
    '/api/conversations/:id',
    { schema: { params, response: { 200: conversationReply } } },
    async request =>
      isoDates(await requireConversation(database.db, request.params.id, requireAccount(request).id)),
  );

  app.delete(
    '/api/conversations/:id',
    { schema: { params, response: { 200: doneReply } } },
    async request => {
      await deleteConversation(database.db, request.params.id, requireAccount(request).id);
      return { done: true as const };
    },
  );

  app.post(
    '/api/conversations/:id/messages',
    { config, schema: { params, body: followBody, response: { 202: askReply } } },
    async (request, reply) => {
      const account = requireAccount(request);
      const { question, language, replaces } = request.body;
      const conversation = await requireConversation(database.db, request.params.id, account.id);
      const messageId = await database.transaction(db =>
        addQuestion(db, conversation.id, question, replaces),
      );
      const stage = request.body.stage ?? conversation.stage ?? undefined;
      const asker = await askerOf(database.db, account);
      startAnswer(deps, {
        messageId,
        question,
        // Without its question, an answer that is replaced does not count either.
        history: historyOf(conversation.messages.filter(({ id }) => id !== replaces)),
        stage,
        language,
        account,
        asker,
      });
      return reply.status(202).send({ conversationId: conversation.id, messageId });
    },
  );

  app.get('/api/messages/:id/events', { schema: { params } }, async (request, reply) => {
    const { id } = request.params;
    const message = await requireMessage(database.db, id, requireAccount(request).id);
    const end = { kind: 'answer-end', data: { message: isoDates(message) } };
    return sendStream(
      { db: database.db, runs },
      { request, reply },
      { id, finished: message.state !== 'streaming', end },
    );
  });

  app.post('/api/messages/:id/stop', { schema: { params, response: { 200: doneReply } } }, async request => {
    await requireMessage(database.db, request.params.id, requireAccount(request).id);
    runs.stop(request.params.id);
    return { done: true as const };
  });
}
