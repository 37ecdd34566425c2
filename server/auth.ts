import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Account, type Asker, askerOf, findSession, type Role } from '../library/accounts.ts';
import type { Db } from '../library/db.ts';
import { AppError } from '../library/errors.ts';

export const SESSION_COOKIE = 'zhujiao_session';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null for a visitor. */
    account: Account | null;
    /** True for a command on this machine that showed the token of the lock file. */
    local: boolean;
  }
}

function showsToken(request: FastifyRequest, token: string | undefined): boolean {
  const shown = Buffer.from(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token ?? '');
  return wanted.length > 0 && shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

/**
 * Finds out who asks, for every request. A browser that sends a request from another site shows its origin: such a
 * request may carry our cookie, so it is refused.
 */
export function registerAuth(app: FastifyInstance, deps: { db: Db; localToken(): string | undefined }): void {
  app.decorateRequest('account', null);
  app.decorateRequest('local', false);
  app.addHook('onRequest', async request => {
    request.local = showsToken(request, deps.localToken());
    const token = request.cookies[SESSION_COOKIE];
    if (token) request.account = await findSession(deps.db, token);
    const { origin, host } = request.headers;
    if (request.method !== 'GET' && request.method !== 'HEAD' && origin && hostOf(origin) !== host) {
      throw new AppError(
        'forbidden',
        'The request came from another site. Open Zhujiao itself and try again.',
      );
    }
  });
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : '');

/** The signed-in account. @throws AppError `not-signed-in` */
export function requireAccount(request: FastifyRequest): Account {
  if (!request.account) throw new AppError('not-signed-in', 'Your session has ended. Sign in and try again.');
  return request.account;
}

/** A hook that lets only these roles through. */
export function only(roles: Role[]) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const account = requireAccount(request);
    if (!roles.includes(account.role)) {
      throw new AppError(
        'forbidden',
        `This is for ${roles.join(' and ')} accounts. Sign in with one of them.`,
      );
    }
  };
}

/** Whose eyes the request sees with; null for a visitor, who sees what is public. */
export async function askerOfRequest(db: Db, request: FastifyRequest): Promise<Asker | null> {
  return request.account ? askerOf(db, request.account) : null;
}
