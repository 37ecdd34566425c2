import { z } from 'zod';

/** What results can be narrowed by, one value each. */
export const DIMENSIONS = ['stage', 'subject', 'type', 'language'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The values of one dimension among what is found with the filters of all the others, the most frequent first. */
const facetSchema = z.object({
  found: z.number().int().describe('resources without a filter in this dimension'),
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
});
export type Facet = z.infer<typeof facetSchema>;

export const facetsSchema = z.object({
  amongBest: z.number().int().describe('only so many of the best that the words find are counted, at most'),
  stage: facetSchema,
  subject: facetSchema,
  type: facetSchema,
  language: facetSchema,
} satisfies Record<Dimension | 'amongBest', z.ZodType>);
export type Facets = z.infer<typeof facetsSchema>;
