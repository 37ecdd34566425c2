import { endSession, signIn } from '../../library/accounts.ts';
import { countLibrary } from '../../library/catalogue.ts';
import { doneReply, sessionReply, signInBody } from '../api.ts';
import { SESSION_COOKIE } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';

export async function sessionRoutes(app: App, { database, mode }: RouteDeps): Promise<void> {
  app.get('/api/session', { schema: { response: { 200: sessionReply } } }, async request => ({
    account: request.account,
    mode,
    library: await countLibrary(database.readDb),
  }));

  // Ten tries a minute from one address: enough for a classroom's typing errors, too few to guess a password.
  const config = { rateLimit: { max: 10, timeWindow: '1 minute' } };
  app.post(
    '/api/session',
    { config, schema: { body: signInBody, response: { 200: sessionReply } } },
    async (request, reply) => {
      const { account, token, expiresAt } = await signIn(
        database.db,
        request.body.username,
        request.body.password,
      );
      reply.setCookie(SESSION_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: request.protocol === 'https',
        expires: expiresAt,
      });
      return { account, mode, library: await countLibrary(database.readDb) };
    },
  );

  app.delete('/api/session', { schema: { response: { 200: doneReply } } }, async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await endSession(database.db, token);
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
    return { done: true as const };
  });
}
