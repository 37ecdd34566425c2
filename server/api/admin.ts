import { z } from 'zod';
import { answerSchema, citationSchema, OUTCOMES } from '../../library/answer.ts';
import { citationDoubtSchema } from '../../library/feedback.ts';
import { lessonPlanSchema, SECTION_KEYS } from '../../library/lesson-plan.ts';
import { date, uuid } from './replies.ts';

export const overviewReply = z.object({
  resources: z.number().int(),
  passages: z.number().int(),
  accounts: z.number().int(),
  answers: z.object({
    total: z.number().int(),
    byOutcome: z.record(z.string(), z.number().int()),
    good: z.number().int(),
    bad: z.number().int(),
  }),
  plans: z.number().int(),
  planDoubts: z.number().int().describe('sources of plans that their teachers doubt'),
  inReview: z.number().int(),
  gaps: z.array(
    z.object({ question: z.string(), asked: z.number().int(), requested: z.number().int(), lastAt: date }),
  ),
});
export const answersQuery = z.object({
  outcome: z.enum(OUTCOMES).optional(),
  feedback: z.enum(['good', 'bad']).optional(),
  before: z.string().optional().describe('createdAt of the last one seen'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const answerCard = z.object({
  messageId: uuid,
  question: z.string(),
  text: z.string(),
  outcome: z.enum(OUTCOMES).nullable(),
  state: z.string(),
  model: z.string(),
  account: z.string(),
  stage: z.string().nullable(),
  feedback: z.enum(['good', 'bad']).nullable(),
  superseded: z.boolean().describe('the asker put another question or another try in its place'),
  createdAt: date,
});
export const answersReply = z.object({ answers: z.array(answerCard) });
/** `intact` is false when the passage's text no longer has the hash that the model was shown. */
export const evidencePassage = z.object({
  n: z.number().int(),
  passageId: z.string(),
  resourceId: z.string(),
  title: z.string(),
  heading: z.array(z.string()),
  text: z.string(),
  intact: z.boolean(),
  withdrawn: z.boolean(),
});
export const generationSchema = z.object({
  id: uuid,
  agent: z.string(),
  prompt: z.string().describe('name@version'),
  promptHash: z.string(),
  model: z.string(),
  space: z.string().nullable(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  durationMs: z.number().int(),
  outcome: z.string(),
  error: z.string().nullable(),
  startedAt: date,
  output: z.string().nullable(),
  evidence: z.array(evidencePassage),
});
export const citationDoubt = citationDoubtSchema.extend({ createdAt: date });
export const answerDetailReply = z.object({
  card: answerCard,
  answer: answerSchema.nullable(),
  doubts: z.array(citationDoubt).describe('what readers hold against its citations'),
  generations: z.array(generationSchema),
});
/** Of a teacher's plan only what it takes to judge the doubt: the sections that cite the source. */
export const planDoubt = citationDoubt.extend({
  planId: uuid,
  planTitle: z.string(),
  language: lessonPlanSchema.shape.language,
  sections: z.array(
    z.object({
      key: z.enum(SECTION_KEYS),
      items: z.array(z.object({ text: z.string(), cites: z.boolean() })),
    }),
  ),
  citation: citationSchema,
});
export const planDoubtsReply = z.object({ doubts: z.array(planDoubt) });
/** Model calls of any agent, newest first: answers, plan sections, recommendations. */
export const generationsReply = z.object({
  generations: z.array(
    generationSchema.omit({ evidence: true, output: true }).extend({ subject: z.string() }),
  ),
});
