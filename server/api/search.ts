import { z } from 'zod';
import { locatorSchema, resourceCardSchema } from '../../library/answer.ts';
import { facetsSchema } from '../../library/facets.ts';
import { stageSchema } from '../../library/resources.ts';
import { date } from './replies.ts';

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
  own: z.boolean().describe('whether you brought it'),
  updatedAt: date,
  file: z
    .object({ bytes: z.number().int(), mediaType: z.string() })
    .nullable()
    .describe('the original is at /api/resources/:id/file'),
  passages: z.array(
    z.object({
      passageId: z.string(),
      heading: z.array(z.string()),
      locator: locatorSchema.nullable(),
      text: z.string(),
    }),
  ),
  similar: z.array(resourceCardSchema),
});
