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
/** `mode` tells the UI what writes the answers: `offline`, or the names of the models. */
export const sessionReply = z.object({
  account: accountSchema.nullable(),
  mode: z.object({ chat: z.string(), embedding: z.string(), offline: z.boolean() }),
  demo: z.boolean().describe('whether the demo accounts are there, whose passwords the first start printed'),
  library: z.object({ resources: z.number().int(), passages: z.number().int() }),
});
