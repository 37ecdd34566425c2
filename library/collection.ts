import { z } from 'zod';
import { resourceCardSchema } from './answer.ts';

const name = z.string().trim().min(1).max(100);
const resourceId = z.string().min(1).max(500);

/** What a teacher calls a collection. */
export const collectionNameSchema = z.object({ name });

/** Changes of a collection; `order` names its resources in their new order, what it leaves out comes after them. */
export const collectionChangeSchema = z.object({
  name: name.optional(),
  order: z.array(resourceId).max(1000).optional(),
});

/** A resource in a collection; of one that was withdrawn only the title it had stays. */
export const collectionItemSchema = resourceCardSchema
  .omit({ reason: true, url: true })
  .extend({ note: z.string(), withdrawn: z.boolean() });
export type CollectionItem = z.infer<typeof collectionItemSchema>;
