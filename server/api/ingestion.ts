import { z } from 'zod';
import { date } from './replies.ts';

export const ingestionProgress = z.object({
  runId: z.string(),
  label: z.string(),
  state: z.enum(['reading', 'working', 'done', 'failed']),
  reason: z.string().nullable(),
  unchanged: z.number().int(),
  added: z.number().int(),
  updated: z.number().int(),
  failed: z.number().int(),
  waiting: z.number().int(),
  ratePerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  startedAt: date,
  finishedAt: date.nullable(),
});
export const ingestionRunsReply = z.object({ runs: z.array(ingestionProgress) });
export const ingestionRunReply = ingestionProgress.extend({
  failures: z.array(z.object({ place: z.string(), resourceId: z.string().nullable(), reason: z.string() })),
});
export const startRunBody = z.object({ label: z.string().min(1).max(500) });
export const startRunReply = z.object({ runId: z.string() });
