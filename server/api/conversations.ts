import { z } from 'zod';
import { answerSchema, citationSchema, sentenceSchema } from '../../library/answer.ts';
import { stageSchema } from '../../library/resources.ts';
import { date, uuid } from './replies.ts';

export const askBody = z.object({
  question: z.string().trim().min(1).max(4000),
  stage: stageSchema.optional(),
  language: z
    .enum(['zh', 'en'])
    .optional()
    .describe('language of the answer; that of the question without it'),
});
/** A question in a conversation that goes on. */
export const followBody = askBody.extend({
  replaces: uuid
    .optional()
    .describe('id of the last question, which with its answer leaves the conversation for this one'),
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
