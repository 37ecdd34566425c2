import { type Account, endSession, hasDemoAccounts, signIn } from '../../library/accounts.ts';
import { countLibrary } from '../../library/catalogue.ts';
import { doneReply } from '../api/replies.ts';
import { sessionReply, signInBody } from '../api/session.ts';
import { SESSION_COOKIE } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { createGuessGuard } from '../guess-guard.ts';

export async function sessionRoutes(app: App, { database, mode }: RouteDeps): Promise<void> {
  const replyFor = async (account: Account | null) => ({
    account,
    mode,
    demo: await hasDemoAccounts(database.readDb),
    library: await countLibrary(database.readDb),
  });
  app.get('/api/session', { schema: { response: { 200: sessionReply } } }, request =>
    replyFor(request.account),
  );

  // From one address: two classes that sign in at once. Each try costs a tenth of a second of work.
  const config = { rateLimit: { max: 120, timeWindow: '1 minute' } };
  const guesses = createGuessGuard();
  app.post(
    '/api/session',
    { config, schema: { body: signInBody, response: { 200: sessionReply } } },
    async (request, reply) => {
      const { username, password } = request.body;
      const { account, token, expiresAt } = await guesses.watch(request.ip, username, () =>
        signIn(database.db, username, password),
      );
      reply.setCookie(SESSION_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: request.protocol === 'https',
        expires: expiresAt,
      });
      return replyFor(account);
    },
  );

  app.delete('/api/session', { schema: { response: { 200: doneReply } } }, async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await endSession(database.db, token);
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
    return { done: true as const };
  });
}
