import { z } from 'zod';
import { citationSchema } from '../../library/answer.ts';
import { lessonPlanSchema, planRequestSchema, planSectionSchema } from '../../library/lesson-plan.ts';
import { date, uuid } from './replies.ts';

export const planBody = planRequestSchema;
export const planCard = z.object({
  id: uuid,
  topic: z.string(),
  language: z.enum(['zh', 'en']),
  state: z.enum(['streaming', 'done', 'stopped', 'failed']),
  updatedAt: date,
});
export const plansReply = z.object({ plans: z.array(planCard) });
export const planVersionCard = z.object({ number: z.number().int(), note: z.string(), createdAt: date });
export const planReply = planCard.extend({
  plan: lessonPlanSchema.nullable().describe('null until the first version stands'),
  versions: z.array(planVersionCard),
  error: z.string().nullable(),
  request: planRequestSchema.describe('what was asked for, to ask for it again'),
});
export const planCreatedReply = z.object({ planId: uuid });
/** Editing by hand: the sections given replace those of the same key; citations that no item uses any more are dropped. */
export const planEditBody = z.object({
  title: z.string().trim().min(1).max(300).optional(),
  sections: z.array(planSectionSchema).max(20).default([]),
  note: z.string().trim().max(300).default(''),
});
export const planRestoreBody = z.object({ note: z.string().trim().max(300).default('') });
/** Events of /api/lesson-plans/:id/events: plan-outline first, a section whenever one is ready, one end. */
export const planEvents = {
  'plan-outline': lessonPlanSchema
    .pick({ title: true, subject: true, stage: true, grade: true, minutes: true, mode: true, basis: true })
    .extend({ sections: z.array(planSectionSchema.pick({ key: true, minutes: true })) }),
  'section-ready': z.object({ section: planSectionSchema, citations: z.array(citationSchema) }),
  'plan-end': z.object({ plan: planReply }),
} as const;
