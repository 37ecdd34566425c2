import { z } from 'zod';
import { type Account, askerOf } from '../../library/accounts.ts';
import { requireResource } from '../../library/catalogue.ts';
import {
  addToCollection,
  createCollection,
  deleteCollection,
  listCollections,
  noteItem,
  orderCollection,
  removeFromCollection,
  renameCollection,
  requireCollection,
} from '../../library/collections.ts';
import {
  collectionBody,
  collectionChange,
  collectionCreatedReply,
  collectionItemBody,
  collectionReply,
  collectionsQuery,
  collectionsReply,
  itemNoteBody,
} from '../api/collections.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

const params = z.object({ id: z.uuid() });
const itemParams = params.extend({ resourceId: z.string().min(1).max(500) });
const done = { 200: doneReply };
const DONE = { done: true } as const;

/** A teacher's own collections: nobody else sees or changes them, whatever their role. */
export async function collectionRoutes(app: App, { database }: RouteDeps): Promise<void> {
  const { db, transaction } = database;
  app.addHook('preHandler', only(['teacher', 'admin']));

  const collectionOf = async (id: string, account: Account) =>
    isoDates(await requireCollection(db, id, await askerOf(db, account)));

  app.get(
    '/api/collections',
    { schema: { querystring: collectionsQuery, response: { 200: collectionsReply } } },
    async request => {
      const cards = await listCollections(db, requireAccount(request).id, request.query.holding ?? null);
      return { collections: isoDates(cards) };
    },
  );

  app.post(
    '/api/collections',
    { schema: { body: collectionBody, response: { 200: collectionCreatedReply } } },
    async request => ({
      collectionId: await createCollection(db, requireAccount(request), request.body.name),
    }),
  );

  app.get('/api/collections/:id', { schema: { params, response: { 200: collectionReply } } }, async request =>
    collectionOf(request.params.id, requireAccount(request)),
  );

  app.patch(
    '/api/collections/:id',
    { schema: { params, body: collectionChange, response: { 200: collectionReply } } },
    async request => {
      const account = requireAccount(request);
      const { id } = request.params;
      const { name, order } = request.body;
      await transaction(async tx => {
        if (name !== undefined) await renameCollection(tx, id, account.id, name);
        if (order !== undefined) await orderCollection(tx, id, account.id, order);
      });
      return collectionOf(id, account);
    },
  );

  app.delete('/api/collections/:id', { schema: { params, response: done } }, async request => {
    await deleteCollection(db, request.params.id, requireAccount(request).id);
    return DONE;
  });

  app.post(
    '/api/collections/:id/items',
    { schema: { params, body: collectionItemBody, response: done } },
    async request => {
      const account = requireAccount(request);
      const resource = await requireResource(db, request.body.resourceId, await askerOf(db, account));
      await transaction(tx => addToCollection(tx, request.params.id, account.id, resource));
      return DONE;
    },
  );

  app.patch(
    '/api/collections/:id/items/:resourceId',
    { schema: { params: itemParams, body: itemNoteBody, response: done } },
    async request => {
      const { id, resourceId } = request.params;
      const change = { resourceId, note: request.body.note };
      await transaction(tx => noteItem(tx, id, requireAccount(request).id, change));
      return DONE;
    },
  );

  app.delete(
    '/api/collections/:id/items/:resourceId',
    { schema: { params: itemParams, response: done } },
    async request => {
      const { id, resourceId } = request.params;
      await transaction(tx => removeFromCollection(tx, id, requireAccount(request).id, resourceId));
      return DONE;
    },
  );
}
