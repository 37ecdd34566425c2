import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Account,
  endSession,
  hasDemoAccounts,
  type OpenedSession,
  signIn,
  signInWithCode,
} from '../../library/accounts.ts';
import { countLibrary } from '../../library/catalogue.ts';
import { nameKeyOf, readCode } from '../../library/class-code.ts';
import { attendedClasses } from '../../library/classes.ts';
import { doneReply } from '../api/replies.ts';
import { codeSignInBody, sessionReply, signInBody } from '../api/session.ts';
import { SESSION_COOKIE } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { createGuessGuard } from '../guess-guard.ts';

export async function sessionRoutes(app: App, { database, mode }: RouteDeps): Promise<void> {
  const describe = async (account: Account | null) => ({
    account,
    classes: account ? await attendedClasses(database.readDb, account.id) : [],
    mode,
    demo: await hasDemoAccounts(database.readDb),
    library: await countLibrary(database.readDb),
  });
  const begin = (
    request: FastifyRequest,
    reply: FastifyReply,
    { account, token, expiresAt }: OpenedSession,
  ) => {
    reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      expires: expiresAt,
    });
    return describe(account);
  };

  app.get('/api/session', { schema: { response: { 200: sessionReply } } }, async request =>
    describe(request.account),
  );

  // From one address: two classes that sign in at once. Each try costs a tenth of a second of work.
  const config = { rateLimit: { max: 120, timeWindow: '1 minute' } };
  const guesses = createGuessGuard();
  app.post(
    '/api/session',
    { config, schema: { body: signInBody, response: { 200: sessionReply } } },
    async (request, reply) => {
      const { username, password } = request.body;
      const opened = await guesses.watch(request.ip, username, () => signIn(database.db, username, password));
      return begin(request, reply, opened);
    },
  );

  app.post(
    '/api/session/class',
    { config, schema: { body: codeSignInBody, response: { 200: sessionReply } } },
    async (request, reply) => {
      const { code, name } = request.body;
      const opened = await guesses.watch(request.ip, `${readCode(code)} ${nameKeyOf(name)}`, () =>
        signInWithCode(database.db, request.body),
      );
      return begin(request, reply, opened);
    },
  );

  app.delete('/api/session', { schema: { response: { 200: doneReply } } }, async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await endSession(database.db, token);
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
    return { done: true as const };
  });
}
