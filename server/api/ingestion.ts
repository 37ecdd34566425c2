import { z } from 'zod';
import { ITEM_STATES } from '../../library/ingestion-progress.ts';
import { VISIBILITIES } from '../../library/resources.ts';
import { date } from './replies.ts';

export const ingestionProgress = z.object({
  runId: z.string(),
  label: z.string(),
  state: z.enum(['reading', 'working', 'done', 'failed', 'cancelled']),
  reason: z.string().nullable(),
  unchanged: z.number().int(),
  added: z.number().int(),
  updated: z.number().int(),
  proposed: z.number().int().describe('changes to live resources that wait for an admin'),
  failed: z.number().int(),
  leftOut: z.number().int().describe('parts of files that are no resources'),
  cancelled: z.number().int(),
  waiting: z.number().int(),
  ratePerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  startedAt: date,
  finishedAt: date.nullable(),
  account: z.string().nullable().describe('who uploaded it; null for the operator'),
});
export const ingestionItem = z.object({
  batchId: z.string(),
  ordinal: z.number().int(),
  place: z.string(),
  resourceId: z.string().nullable(),
  state: z.enum(ITEM_STATES),
  reason: z.string().nullable(),
});
export const ingestionRunsReply = z.object({ runs: z.array(ingestionProgress) });
export const ingestionRunReply = ingestionProgress.extend({
  failures: z.array(ingestionItem),
});
export const startRunBody = z.object({ label: z.string().min(1).max(500) });
export const startRunReply = z.object({ runId: z.string() });
/** Where an upload goes: fields of the multipart form, before its files. */
export const uploadFields = z
  .object({
    visibility: z
      .enum(VISIBILITIES)
      .default('owner')
      .describe('owner is live at once, the rest begins in review'),
    classId: z.string().regex(/^\d+$/).optional().describe('for visibility class'),
  })
  .refine(
    fields => (fields.visibility === 'class') === (fields.classId !== undefined),
    'classId goes with visibility class',
  );
export const uploadReply = ingestionProgress.extend({ items: z.array(ingestionItem) });
export const withdrawOwnBody = z.object({
  resourceId: z.string().min(1).max(500),
  reason: z.string().trim().min(1).max(500).describe('read by those who cite it'),
});
export const retryBody = z.object({
  item: z
    .object({ batchId: z.string().regex(/^\d+$/), ordinal: z.number().int() })
    .optional()
    .describe('without it all that failed'),
});
export const retryReply = z.object({ retried: z.number().int() });
