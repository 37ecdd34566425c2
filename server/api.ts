import { z } from 'zod';
import {
  answerSchema,
  citationSchema,
  OUTCOMES,
  resourceCardSchema,
  sentenceSchema,
} from '../library/answer.ts';
import { collectionChangeSchema, collectionItemSchema, collectionNameSchema } from '../library/collection.ts';
import { facetsSchema } from '../library/facets.ts';
import { citationDoubtSchema, feedbackSchema } from '../library/feedback.ts';
import { lessonPlanSchema, planRequestSchema, planSectionSchema } from '../library/lesson-plan.ts';
import { stageSchema } from '../library/resources.ts';

/**
 * The HTTP API in one place: bodies and replies of every route, events of every stream. Routes validate with these
 * schemas, OpenAPI is made from them, and the web UI takes its types from here.
 */
const date = z.string().describe('ISO 8601');
const uuid = z.uuid();

export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), requestId: z.string() }),
});

// ── Session ──────────────────────────────────────────────────────────────────────────────────────────────────────
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
  library: z.object({ resources: z.number().int(), passages: z.number().int() }),
});

// ── Search and resources ─────────────────────────────────────────────────────────────────────────────────────────
export const searchBody = z.object({
  query: z.string().trim().min(1).max(2000),
  limit: z.number().int().min(1).max(100).default(10),
  offset: z.number().int().min(0).max(100).default(0).describe('results to leave out: those already seen'),
  language: z.string().max(20).optional().describe('hard filter; zh covers zh-Hant'),
  stage: stageSchema.optional().describe('hard filter'),
  subject: z.string().max(100).optional().describe('hard filter'),
  type: z.string().max(100).optional().describe('hard filter'),
  facets: z.boolean().default(false).describe('count by stage, subject, type and language as well'),
});
export const searchPassage = z.object({
  passageId: z.string(),
  heading: z.array(z.string()),
  text: z.string(),
  score: z.number(),
});
export const searchResult = resourceCardSchema.extend({
  score: z.number(),
  passages: z.array(searchPassage),
});
export const searchReply = z.object({
  results: z.array(searchResult),
  facets: facetsSchema.nullable().describe('null unless asked for'),
  tookMs: z.number(),
});

export const resourceReply = resourceCardSchema.omit({ reason: true }).extend({
  licence: z.string().nullable(),
  authors: z.string().nullable(),
  teaches: z.array(z.string()),
  prerequisites: z.array(z.string()),
  /** Of the prerequisites that are resources of the library, by their ids. */
  titles: z.record(z.string(), z.string()),
  status: z.string(),
  updatedAt: date,
  passages: z.array(z.object({ passageId: z.string(), heading: z.array(z.string()), text: z.string() })),
  similar: z.array(resourceCardSchema),
});

// ── Conversations ────────────────────────────────────────────────────────────────────────────────────────────────
export const askBody = z.object({
  question: z.string().trim().min(1).max(4000),
  stage: stageSchema.optional(),
  language: z
    .enum(['zh', 'en'])
    .optional()
    .describe('language of the answer; that of the question without it'),
});
export const messageSchema = z.object({
  id: uuid,
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  state: z.enum(['streaming', 'done', 'stopped', 'failed']),
  answer: answerSchema.nullable().describe('for a finished assistant message'),
  error: z.string().nullable().describe('for a failed one: what happened and what to do'),
  createdAt: date,
  feedback: z.enum(['good', 'bad']).nullable(),
});
export const conversationCard = z.object({ id: uuid, title: z.string(), updatedAt: date });
export const conversationReply = conversationCard.extend({
  stage: stageSchema.nullable(),
  messages: z.array(messageSchema),
});
export const conversationsReply = z.object({ conversations: z.array(conversationCard) });
/** `messageId` is the assistant's message; its events are at /api/messages/:id/events. */
export const askReply = z.object({ conversationId: uuid, messageId: uuid });

/** Events of /api/messages/:id/events, in this order: search-done, then citation-found and sentence as they come, one end. */
export const answerEvents = {
  'search-done': z.object({ passages: z.number().int(), resources: z.number().int() }),
  'citation-found': citationSchema,
  sentence: sentenceSchema,
  'answer-end': z.object({ message: messageSchema }),
} as const;

// ── Lesson plans ─────────────────────────────────────────────────────────────────────────────────────────────────
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
});
export const planCreatedReply = z.object({ planId: uuid });
/** Editing by hand: the sections given replace those of the same key; citations that no item uses any more are dropped. */
export const planEditBody = z.object({
  title: z.string().trim().min(1).max(300).optional(),
  sections: z.array(planSectionSchema).max(20).default([]),
  note: z.string().trim().max(300).default(''),
});
/** Events of /api/lesson-plans/:id/events: plan-outline first, a section whenever one is ready, one end. */
export const planEvents = {
  'plan-outline': z.object({
    title: z.string(),
    minutes: z.number().int(),
    sections: z.array(planSectionSchema.pick({ key: true, minutes: true })),
  }),
  'section-ready': z.object({ section: planSectionSchema, citations: z.array(citationSchema) }),
  'plan-end': z.object({ plan: planReply }),
} as const;

// ── Collections ──────────────────────────────────────────────────────────────────────────────────────────────────
export const collectionsQuery = z.object({
  holding: z.string().max(500).optional().describe('a resource id: `holds` tells which have it'),
});
export const collectionCard = z.object({
  id: uuid,
  name: z.string(),
  items: z.number().int(),
  holds: z.boolean(),
  updatedAt: date,
});
export const collectionsReply = z.object({ collections: z.array(collectionCard) });
export const collectionBody = collectionNameSchema;
export const collectionCreatedReply = z.object({ collectionId: uuid });
export const collectionChange = collectionChangeSchema;
export const collectionItemBody = z.object({ resourceId: z.string().min(1).max(500) });
export const itemNoteBody = z.object({ note: z.string().trim().max(2000) });
export const collectionReply = collectionCard
  .omit({ holds: true })
  .extend({ items: z.array(collectionItemSchema) });

// ── Recommendations, feedback, wishes ────────────────────────────────────────────────────────────────────────────
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
export const doneReply = z.object({ done: z.literal(true) });

// ── Admin ────────────────────────────────────────────────────────────────────────────────────────────────────────
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
/** Model calls of any agent, newest first: answers, plan sections, recommendations. */
export const generationsReply = z.object({
  generations: z.array(
    generationSchema.omit({ evidence: true, output: true }).extend({ subject: z.string() }),
  ),
});

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
