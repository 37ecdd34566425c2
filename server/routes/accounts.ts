import { z } from 'zod';
import {
  addAccount,
  changeRole,
  disableAccount,
  enableAccount,
  renewPassword,
} from '../../library/account-changes.ts';
import { listAccountRows, listClassRows } from '../../library/account-list.ts';
import {
  accountChange,
  accountsQuery,
  accountsReply,
  classesReply,
  newAccountBody,
  passwordReply,
} from '../api/accounts.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

const params = z.object({ id: z.string().regex(/^\d{1,18}$/) });

/** Who may sign in, as what; and the classes there are, to look at. */
export async function accountRoutes(app: App, { database }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['admin']));
  const { db, transaction } = database;

  app.get(
    '/api/admin/accounts',
    { schema: { querystring: accountsQuery, response: { 200: accountsReply } } },
    async request => {
      const { organisationId } = requireAccount(request);
      return isoDates(await listAccountRows(db, { organisationId, ...request.query }));
    },
  );

  app.post(
    '/api/admin/accounts',
    { schema: { body: newAccountBody, response: { 200: passwordReply } } },
    async request => {
      const { username, displayName, role, stage } = request.body;
      const account = { username, displayName: displayName || username, role, ...(stage && { stage }) };
      return transaction(tx => addAccount(tx, requireAccount(request), account));
    },
  );

  app.post(
    '/api/admin/accounts/:id/password',
    { schema: { params, response: { 200: passwordReply } } },
    async request => transaction(tx => renewPassword(tx, requireAccount(request), request.params.id)),
  );

  app.patch(
    '/api/admin/accounts/:id',
    { schema: { params, body: accountChange, response: { 200: doneReply } } },
    async request => {
      const admin = requireAccount(request);
      const { id } = request.params;
      const { role, disabled } = request.body;
      await transaction(async tx => {
        if (role !== undefined) await changeRole(tx, admin, id, role);
        if (disabled !== undefined) await (disabled ? disableAccount : enableAccount)(tx, admin, id);
      });
      return { done: true as const };
    },
  );

  app.get('/api/admin/classes', { schema: { response: { 200: classesReply } } }, async request => ({
    classes: await listClassRows(db, requireAccount(request).organisationId),
  }));
}
