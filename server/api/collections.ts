import { z } from 'zod';
import {
  collectionChangeSchema,
  collectionItemSchema,
  collectionNameSchema,
} from '../../library/collection.ts';
import { date, uuid } from './replies.ts';

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
