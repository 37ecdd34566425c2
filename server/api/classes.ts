import { z } from 'zod';
import { stageSchema } from '../../library/resources.ts';

const name = z.string().trim().min(1).max(100);

export const classCard = z.object({
  id: z.string(),
  name: z.string(),
  stage: stageSchema.nullable(),
  code: z.string().describe('what its pupils sign in with, beside their name and PIN'),
  teacher: z.string(),
  own: z.boolean(),
  pupils: z.number().int(),
  archived: z.boolean(),
});
export const classesReply = z.object({ classes: z.array(classCard) });
export const classReply = classCard.extend({
  members: z.array(z.object({ id: z.string(), name: z.string() })),
});
export const classBody = z.object({ name, stage: stageSchema.nullable() });
export const classCreatedReply = z.object({ classId: z.string() });
export const classChange = z.object({ name: name.optional(), archived: z.boolean().optional() });

export const pupilsBody = z.object({ names: z.array(z.string().max(1000)).min(1).max(500) });
export const pupilCard = z.object({
  id: z.string(),
  name: z.string(),
  pin: z.string().describe('told this once; only a hash of it is kept'),
});
export const pupilsReply = z.object({ pupils: z.array(pupilCard) });
