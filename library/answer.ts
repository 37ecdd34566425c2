import { z } from 'zod';

/** How a run of the tutor ended. All of these are answers to the asker, none is an error. */
export const OUTCOMES = ['answered', 'no-evidence', 'refused', 'needs-a-human', 'limit-reached'] as const;

export const locatorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), page: z.number().int() }),
  z.object({ kind: z.literal('slide'), slide: z.number().int() }),
  z.object({ kind: z.literal('time'), startMs: z.number().int(), endMs: z.number().int() }),
]);

/** A claim's tie to the library: the span of a passage that carries it. `n` is the number shown in the text. */
export const citationSchema = z.object({
  n: z.number().int().min(1),
  passageId: z.string(),
  resourceId: z.string(),
  title: z.string(),
  language: z.string(),
  heading: z.array(z.string()),
  locator: locatorSchema.nullish(),
  /** The whole passage, so that the quote can be read in its place. */
  passage: z.string(),
  /** Word for word `passage.slice(quoteStart, quoteStart + quote.length)`. */
  quote: z.string(),
  quoteStart: z.number().int(),
  verdict: z.enum(['supported', 'unsupported']),
  /** What gave the verdict: `quoted` (the sentence is the span), `agreement` (numbers, names, negation, terms) or a judge model. */
  method: z.string(),
  /** Whether the resource was withdrawn since; known when an answer or plan is read, see `markWithdrawn`. */
  withdrawn: z.boolean().optional(),
});
export type Citation = z.infer<typeof citationSchema>;

/** One checked sentence: the unit of streaming. `after` is the white space that follows it. */
export const sentenceSchema = z.object({
  text: z.string(),
  after: z.string(),
  citations: z.array(z.number().int()),
});
export type Sentence = z.infer<typeof sentenceSchema>;

/** A resource as lists show it, with why it is there. */
export const resourceCardSchema = z.object({
  resourceId: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  language: z.string(),
  stage: z.string().nullish(),
  subject: z.string().nullish(),
  grade: z.string().nullish(),
  type: z.string().nullish(),
  provider: z.string().nullish(),
  minutes: z.number().int().nullish(),
  url: z.string().nullish(),
  reason: z.string(),
});
export type ResourceCard = z.infer<typeof resourceCardSchema>;

/** What an answer consists of, as it is stored and shown. */
export const answerSchema = z.object({
  outcome: z.enum(OUTCOMES),
  sentences: z.array(sentenceSchema),
  citations: z.array(citationSchema),
  /** Said beside the answer: that it is offline, that evidence is weak, why nothing could be answered. */
  notice: z.string().nullish(),
  /** The nearest resources, always for `no-evidence`, as further reading otherwise. */
  nearest: z.array(resourceCardSchema),
  /** The model's name, or `offline`. */
  model: z.string(),
});
export type Answer = z.infer<typeof answerSchema>;

/** The answer as one text with `[n]` after each cited sentence. */
export function answerText(answer: Pick<Answer, 'sentences'>): string {
  return answer.sentences
    .map(({ text, citations, after }) => text + citations.map(n => `[${n}]`).join('') + after)
    .join('')
    .trim();
}
