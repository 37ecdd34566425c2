import { z } from 'zod';
import { resourceCardSchema } from '../../library/answer.ts';
import { feedbackSchema } from '../../library/feedback.ts';
import { stageSchema } from '../../library/resources.ts';
import { uuid } from './replies.ts';

export const recommendBody = z
  .object({
    goal: z.string().trim().min(1).max(1000).optional(),
    similarTo: z.string().max(500).optional().describe('a resource id'),
    stage: stageSchema.optional(),
    language: z.enum(['zh', 'en']).optional().describe('language of the reasons'),
    limit: z.number().int().min(1).max(20).default(6),
  })
  .refine(
    body => (body.goal === undefined) !== (body.similarTo === undefined),
    'give either goal or similarTo',
  );
export const recommendReply = z.object({
  items: z.array(resourceCardSchema),
  notice: z.string().nullable(),
  model: z.string(),
});

export const feedbackBody = feedbackSchema;
/** Asks for material that an answer lacked. */
export const wishBody = z.object({ messageId: uuid });
