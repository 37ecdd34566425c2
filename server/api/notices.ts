import { z } from 'zod';
import { NOTICE_KINDS } from '../../library/notices.ts';
import { date } from './replies.ts';

export const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  resourceId: z.string(),
  title: z.string(),
  reason: z.string().nullable(),
  answers: z.number().int().describe('for cited-withdrawn: how many of your answers cite it'),
  plans: z.number().int(),
  read: z.boolean(),
  createdAt: date,
});
export const noticesReply = z.object({ notices: z.array(noticeSchema).describe('newest first') });
export const noticesReadBody = z.object({ lastId: z.string().regex(/^\d{1,18}$/) });
