import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askerOf } from '../../library/accounts.ts';
import { changeStatus, changeVisibility, TRANSITION_NAMES, transitionsOf } from '../../library/life-cycle.ts';
import { acceptProposal, rejectProposal } from '../../library/proposals.ts';
import { listResources, listSources, requireResourceRecord } from '../../library/resource-list.ts';
import { VISIBILITIES } from '../../library/resources.ts';
import { doneReply } from '../api/replies.ts';
import {
  nearDuplicatesReply,
  proposalBody,
  resourceRecord,
  resourcesQuery,
  resourcesReply,
  transitionBody,
  visibilityBody,
} from '../api/resources-admin.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';
import { findNearDuplicates } from '../near-duplicates.ts';

const params = z.object({ id: z.string().min(1).max(500) });
const transitionParams = params.extend({ transition: z.enum(TRANSITION_NAMES) });
const DONE = { done: true } as const;

const adminOf = (request: FastifyRequest) => {
  const { id, organisationId } = requireAccount(request);
  return { accountId: id, organisationId };
};

/** Resources of any status: what becomes of them, and who may see them. */
export async function resourceAdminRoutes(app: App, { database, queue, searcher }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['admin']));
  const { db, transaction } = database;

  app.get(
    '/api/admin/resources',
    { schema: { querystring: resourcesQuery, response: { 200: resourcesReply } } },
    async request => {
      const { organisationId } = requireAccount(request);
      const [page, sources] = await Promise.all([
        listResources(db, { organisationId, ...request.query }),
        listSources(db, organisationId),
      ]);
      return { ...isoDates(page), sources };
    },
  );

  app.get(
    '/api/admin/resources/:id',
    { schema: { params, response: { 200: resourceRecord } } },
    async request => {
      const { organisationId } = requireAccount(request);
      const record = await requireResourceRecord(db, request.params.id, organisationId);
      const visibilities = VISIBILITIES.filter(
        name =>
          (name !== 'class' || record.className !== null) && (name !== 'owner' || record.owner !== null),
      );
      const { proposal } = record;
      return {
        ...isoDates({
          ...record,
          proposal: proposal && { ...proposal, title: proposal.input.title },
        }),
        transitions: transitionsOf(record.status),
        visibilities,
      };
    },
  );

  app.get(
    '/api/admin/resources/:id/near-duplicates',
    { schema: { params, response: { 200: nearDuplicatesReply } } },
    async request => {
      const account = requireAccount(request);
      const record = await requireResourceRecord(db, request.params.id, account.organisationId);
      const asker = await askerOf(db, account);
      return { nearDuplicates: await findNearDuplicates({ searcher, db }, record, asker) };
    },
  );

  app.patch(
    '/api/admin/resources/:id',
    { schema: { params, body: visibilityBody, response: { 200: doneReply } } },
    async request => {
      const { visibility } = request.body;
      const change = { resourceId: request.params.id, by: adminOf(request), visibility };
      await transaction(tx => changeVisibility(tx, change));
      return DONE;
    },
  );

  app.post(
    '/api/admin/resources/:id/proposal',
    { schema: { params, body: proposalBody, response: { 200: doneReply } } },
    async request => {
      const { id } = request.params;
      const by = adminOf(request);
      await requireResourceRecord(db, id, by.organisationId);
      if (request.body.accept) await acceptProposal({ database, queue }, id, by.accountId);
      else await transaction(tx => rejectProposal(tx, id, by.accountId, request.body.reason ?? null));
      return DONE;
    },
  );

  app.post(
    '/api/admin/resources/:id/:transition',
    { schema: { params: transitionParams, body: transitionBody, response: { 200: doneReply } } },
    async request => {
      const { id: resourceId, transition } = request.params;
      const reason = request.body?.reason || null;
      await transaction(tx => changeStatus(tx, { resourceId, by: adminOf(request), transition, reason }));
      return DONE;
    },
  );
}
