import { z } from 'zod';
import { stageSchema } from '../../library/resources.ts';

export const roleSchema = z.enum(['learner', 'teacher', 'admin']);
export const accountSchema = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  stage: stageSchema.nullable(),
  language: z.enum(['zh', 'en']),
});
export const signInBody = z.object({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});
/** What stands on a pupil's card. */
export const codeSignInBody = z.object({
  code: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  pin: z.string().trim().min(1).max(200),
});
/** `mode` tells the UI what writes the answers: `offline`, or the names of the models; `classes` are those that the account attends. */
export const sessionReply = z.object({
  account: accountSchema.nullable(),
  classes: z.array(z.string()),
  mode: z.object({ chat: z.string(), embedding: z.string(), offline: z.boolean() }),
  demo: z.boolean().describe('whether the demo accounts are there, whose passwords the first start printed'),
  library: z.object({ resources: z.number().int(), passages: z.number().int() }),
});
