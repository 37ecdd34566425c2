import { z } from 'zod';
import { citationSchema, resourceCardSchema } from './answer.ts';
import { stageSchema } from './resources.ts';

export const TEACHING_MODES = ['direct', 'flipped', 'project', 'inquiry', 'dual-teacher'] as const;

/** So many resources can a plan rest on. */
export const MOST_CHOSEN = 50;

/** What a teacher asks for. */
export const planRequestSchema = z.object({
  topic: z.string().trim().min(1).max(300),
  subject: z.string().trim().max(100).optional(),
  stage: stageSchema.optional(),
  grade: z.string().trim().max(100).optional(),
  minutes: z.number().int().min(5).max(240).default(45),
  mode: z.enum(TEACHING_MODES).default('direct'),
  language: z.enum(['zh', 'en']).optional(),
  resourceIds: z
    .array(z.string().min(1).max(500))
    .min(1)
    .max(MOST_CHOSEN)
    .optional()
    .describe('what the plan rests on; the whole library without it'),
  beyond: z
    .boolean()
    .default(false)
    .describe('with resourceIds: what these leave open may come from the rest of the library'),
});
export type PlanRequest = z.output<typeof planRequestSchema>;

/** The sections of a plan in the order in which they are printed. */
export const SECTION_KEYS = [
  'outcomes',
  'prior-knowledge',
  'key-points',
  'misconceptions',
  'keywords',
  'materials',
  'starter',
  'explanation',
  'practice',
  'check',
  'homework',
  'board-plan',
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

/** One statement of a plan. What carries no citation is the teacher's to verify and is shown so. */
export const planItemSchema = z.object({
  text: z.string(),
  citations: z.array(z.number().int()),
  origin: z.enum(['library', 'model', 'teacher']),
});

export const planSectionSchema = z.object({
  key: z.enum(SECTION_KEYS),
  /** Minutes of the lesson that the section takes; null for sections outside the time bar. */
  minutes: z.number().int().nullable(),
  items: z.array(planItemSchema),
  /** Why a section is empty, in the plan's language: an empty section that says so is valid, filler is not. */
  notice: z.string().nullish(),
});
export type PlanSection = z.infer<typeof planSectionSchema>;

/** What the teacher chose for a plan to rest on. A resource was used where a citation is of it. */
export const planBasisSchema = z.object({
  resources: z.array(z.object({ resourceId: z.string(), title: z.string(), language: z.string() })),
  beyond: z.boolean(),
});
export type PlanBasis = z.infer<typeof planBasisSchema>;

/** A whole plan, as a version of it is stored. */
export const lessonPlanSchema = z.object({
  title: z.string(),
  topic: z.string(),
  language: z.enum(['zh', 'en']),
  subject: z.string().nullish(),
  stage: stageSchema.nullish(),
  grade: z.string().nullish(),
  minutes: z.number().int(),
  mode: z.enum(TEACHING_MODES),
  sections: z.array(planSectionSchema),
  citations: z.array(citationSchema),
  resources: z.array(resourceCardSchema),
  basis: planBasisSchema.nullish(),
  /** The model's name, or `offline`. */
  model: z.string(),
});
export type LessonPlan = z.infer<typeof lessonPlanSchema>;
