import { z } from 'zod';
import {
  archiveClass,
  createClass,
  listClasses,
  renameClass,
  renewCode,
  requireClass,
} from '../../library/classes.ts';
import { addPupils, removePupil, renewPin } from '../../library/pupils.ts';
import {
  classBody,
  classChange,
  classCreatedReply,
  classesReply,
  classReply,
  pupilCard,
  pupilsBody,
  pupilsReply,
} from '../api/classes.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';

const id = z.string().regex(/^\d{1,18}$/);
const params = z.object({ id });
const pupilParams = params.extend({ pupilId: id });

/** Classes and their pupils, for the teacher of each and for admins. */
export async function classRoutes(app: App, { database }: RouteDeps): Promise<void> {
  const { db, transaction } = database;
  app.addHook('preHandler', only(['teacher', 'admin']));

  app.get('/api/classes', { schema: { response: { 200: classesReply } } }, async request => ({
    classes: await listClasses(db, requireAccount(request)),
  }));

  app.post(
    '/api/classes',
    { schema: { body: classBody, response: { 200: classCreatedReply } } },
    async request => ({ classId: await createClass(db, requireAccount(request), request.body) }),
  );

  app.get('/api/classes/:id', { schema: { params, response: { 200: classReply } } }, async request =>
    requireClass(db, request.params.id, requireAccount(request)),
  );

  app.patch(
    '/api/classes/:id',
    { schema: { params, body: classChange, response: { 200: classReply } } },
    async request => {
      const account = requireAccount(request);
      const { name, archived } = request.body;
      await transaction(async tx => {
        if (name !== undefined) await renameClass(tx, request.params.id, account, name);
        if (archived !== undefined) await archiveClass(tx, request.params.id, account, archived);
      });
      return requireClass(db, request.params.id, account);
    },
  );

  app.post('/api/classes/:id/code', { schema: { params, response: { 200: classReply } } }, async request => {
    const account = requireAccount(request);
    await transaction(tx => renewCode(tx, request.params.id, account));
    return requireClass(db, request.params.id, account);
  });

  app.post(
    '/api/classes/:id/pupils',
    { schema: { params, body: pupilsBody, response: { 200: pupilsReply } } },
    async request => ({
      pupils: await addPupils(database, request.params.id, requireAccount(request), request.body.names),
    }),
  );

  app.post(
    '/api/classes/:id/pupils/:pupilId/pin',
    { schema: { params: pupilParams, response: { 200: pupilCard } } },
    async request => {
      const { id: classId, pupilId } = request.params;
      return renewPin(database, { classId, pupilId }, requireAccount(request));
    },
  );

  app.delete(
    '/api/classes/:id/pupils/:pupilId',
    { schema: { params: pupilParams, response: { 200: doneReply } } },
    async request => {
      const { id: classId, pupilId } = request.params;
      await transaction(tx => removePupil(tx, { classId, pupilId }, requireAccount(request)));
      return { done: true as const };
    },
  );
}
