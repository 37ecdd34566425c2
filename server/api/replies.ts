import { z } from 'zod';

/* The HTTP API: bodies and replies of every route, events of every stream, a file for each area. Routes validate with
 * these schemas, OpenAPI is made from them, and the web UI takes its types from here. */

export const date = z.string().describe('ISO 8601');
export const uuid = z.uuid();

export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
/** The reply of what has nothing to say but that it is done. */
export const doneReply = z.object({ done: z.literal(true) });
