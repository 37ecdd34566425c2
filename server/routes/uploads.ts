import { basename } from 'node:path';
import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askerOf } from '../../library/accounts.ts';
import { AppError, messageOf } from '../../library/errors.ts';
import { FILE_FORMATS, LARGEST_FILE, mediaTypeOf } from '../../library/file-formats.ts';
import type { FileStore } from '../../library/files.ts';
import { listItems, listUploads, requireUpload } from '../../library/ingestion-progress.ts';
import { type AcceptedItem, acceptWhole, itemOfFile } from '../../library/ingestion-runs.ts';
import { changeStatus, requireOwn } from '../../library/life-cycle.ts';
import {
  ingestionRunsReply,
  startRunReply,
  uploadFields,
  uploadReply,
  withdrawOwnBody,
} from '../api/ingestion.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';

/** More in one go would be an archive, which may come as one file. */
const MOST_FILES = 100;
const LONGEST_NAME = 200;

/** What teachers bring themselves. The bytes are on the disk and the items in Postgres before the reply says so. */
export async function uploadRoutes(app: App, { database, files, queue }: RouteDeps): Promise<void> {
  app.addHook('preHandler', only(['teacher', 'admin']));
  // One byte more than the store takes, so that the store says what is wrong and the other files go in.
  await app.register(multipart, { limits: { files: MOST_FILES, fileSize: LARGEST_FILE + 1, fields: 10 } });

  app.post(
    '/api/uploads',
    { bodyLimit: Number.MAX_SAFE_INTEGER, schema: { response: { 202: startRunReply } } },
    async (request, reply) => {
      const account = requireAccount(request);
      const { fields, items } = await receive(request, files, account.id);
      if (items.length === 0) throw new AppError('invalid-input', 'No file came. Choose at least one.');
      const { visibility, classId = null } = fieldsOf(fields);
      const { classIds } = await askerOf(database.db, account);
      if (classId !== null && !classIds.includes(classId))
        throw new AppError('not-found', 'There is no such class of yours. Choose another.');
      const upload = { accountId: account.id, visibility, classId };
      const label = items
        .map(({ place }) => place)
        .join(', ')
        .slice(0, LONGEST_NAME);
      const { runId, rings } = await database.transaction(db => acceptWhole(db, { label, upload }, items));
      await queue.ring(rings);
      return reply.status(202).send({ runId });
    },
  );

  app.get('/api/uploads', { schema: { response: { 200: ingestionRunsReply } } }, async request => ({
    runs: isoDates(await listUploads(database.db, requireAccount(request).id, 50)),
  }));

  app.post(
    '/api/uploads/withdraw',
    { schema: { body: withdrawOwnBody, response: { 200: doneReply } } },
    async request => {
      const { id: accountId, organisationId } = requireAccount(request);
      const { resourceId, reason } = request.body;
      await database.transaction(async db => {
        await requireOwn(db, resourceId, accountId);
        const by = { accountId, organisationId };
        await changeStatus(db, { resourceId, by, transition: 'withdraw', reason });
      });
      return { done: true as const };
    },
  );

  const params = z.object({ id: z.string().regex(/^\d+$/) });
  app.get('/api/uploads/:id', { schema: { params, response: { 200: uploadReply } } }, async request => {
    const { id } = request.params;
    const progress = await requireUpload(database.db, id, requireAccount(request).id);
    return isoDates({ ...progress, items: await listItems(database.db, id, { limit: 1_000 }) });
  });
}

function fieldsOf(fields: unknown) {
  const parsed = uploadFields.safeParse(fields);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'form'}: ${message}`);
  throw new AppError('invalid-input', `The form is not valid. ${faults.join('; ')}.`);
}

/** Takes in the fields and files of a form. A file that cannot be kept is an item with the reason; the others go on. */
async function receive(request: FastifyRequest, files: FileStore, accountId: string) {
  if (!request.isMultipart()) throw new AppError('invalid-input', 'Send the files as multipart/form-data.');
  const fields: Record<string, unknown> = {};
  const items: AcceptedItem[] = [];
  const names = new Set<string>();
  for await (const part of request.parts() as AsyncIterableIterator<Multipart>) {
    if (part.type === 'field') fields[part.fieldname] = part.value;
    else {
      const item = await keep(part, files, { accountId, names });
      if (item) items.push(item);
    }
  }
  return { fields, items };
}

async function keep(
  part: MultipartFile,
  files: FileStore,
  { accountId, names }: { accountId: string; names: Set<string> },
): Promise<AcceptedItem | undefined> {
  const place = nameOf(part.filename);
  // What a browser sends for a form without a chosen file.
  if (place === '') return void part.file.resume();
  try {
    if (names.has(place))
      throw new AppError('unreadable-resource', 'there is another file of this name; rename one');
    const mediaType = mediaTypeOf(place);
    if (!mediaType) {
      const known = Object.keys(FILE_FORMATS).join(' ');
      throw new AppError('unreadable-resource', `no reader for this format; these are read: ${known}`);
    }
    const kept = await files.put(part.file, LARGEST_FILE);
    names.add(place);
    return itemOfFile({ place, id: `uploads/${accountId}/${place}` }, { ...kept, mediaType });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The rest of the form stands behind it.
    part.file.resume();
    return { place, reason: messageOf(error) };
  }
}

/** The last part of a name, without what a path or a line of text could make of it; the extension stays. */
function nameOf(filename: string): string {
  const bare = basename(filename.replaceAll('\\', '/'))
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u001F\u007F]/g, '')
    .trim();
  const dot = bare.lastIndexOf('.');
  const extension = dot > 0 ? bare.slice(dot) : '';
  return `${bare.slice(0, bare.length - extension.length).slice(0, LONGEST_NAME)}${extension.slice(0, 20)}`;
}
