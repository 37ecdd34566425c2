import { z } from 'zod';
import { stageSchema } from '../../library/resources.ts';
import { date } from './replies.ts';
import { roleSchema } from './session.ts';

export const accountsQuery = z.object({
  words: z.string().trim().max(200).default('').describe('a part of the name or username, as it is'),
  role: roleSchema.optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const accountRow = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  classes: z.array(z.string()).describe('names of those it teaches or attends'),
  pupil: z.boolean().describe('signs in with a class code, and not with a password'),
  signedInAt: date.nullable(),
  disabled: z.boolean(),
});
export const accountsReply = z.object({ accounts: z.array(accountRow), total: z.number().int() });
export const newAccountBody = z.object({
  username: z.string().trim().min(1).max(100),
  displayName: z.string().trim().max(100).default('').describe('the username without it'),
  role: roleSchema,
  stage: stageSchema.optional(),
});
/** The only time that a password is shown: only its hash is kept. */
export const passwordReply = z.object({ username: z.string(), password: z.string() });
export const accountChange = z.object({ role: roleSchema.optional(), disabled: z.boolean().optional() });

export const classRow = z.object({
  id: z.string(),
  name: z.string(),
  teacher: z.string(),
  pupils: z.number().int(),
});
export const classesReply = z.object({ classes: z.array(classRow) });
