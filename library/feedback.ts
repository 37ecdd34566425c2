import { z } from 'zod';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/** Why a source does not carry its sentence: it is about something else, says it differently, or carries only a part. */
const doubtReason = z.enum(['other-matter', 'says-otherwise', 'only-part']);

const CITATION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[1-9]\d{0,3}$/;

/** What somebody thinks of an answer, a plan, a recommendation, or of one citation of an answer or plan. */
export const feedbackSchema = z
  .object({
    targetKind: z.enum(['answer', 'citation', 'plan', 'recommendation']),
    targetId: z
      .string()
      .min(1)
      .max(600)
      .describe('for a citation `id:n`: its answer or plan, and its number'),
    value: z.enum(['good', 'bad']),
    reason: doubtReason.optional().describe('why a citation does not carry its sentence'),
    comment: z.string().trim().max(2000).optional(),
  })
  .refine(({ targetKind, targetId }) => targetKind !== 'citation' || CITATION.test(targetId), {
    path: ['targetId'],
    message: 'give the id of the answer or plan and the number of the citation there, as in id:3',
  });
export type Feedback = z.infer<typeof feedbackSchema> & { accountId: string };

/** A reader's doubt about citation `n` of an answer. */
export const citationDoubtSchema = z.object({
  n: z.number().int(),
  reason: doubtReason.nullable(),
  comment: z.string().nullable(),
  account: z.string(),
  createdAt: z.date(),
});
export type CitationDoubt = z.infer<typeof citationDoubtSchema>;

/** Stores what somebody thinks of a target; a second opinion of the same account replaces the first. */
export async function saveFeedback(db: Db, feedback: Feedback): Promise<void> {
  const { accountId, targetKind, targetId, value, reason, comment } = feedback;
  await db.query(
    `insert into feedback (account_id, target_kind, target_id, value, reason, comment)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id, target_kind, target_id) do update
     set value = excluded.value, reason = excluded.reason, comment = excluded.comment, created_at = now()`,
    [accountId, targetKind, targetId, value, reason ?? null, comment ?? null],
  );
}

/**
 * Makes sure that `id:n` is a citation of one of this account's answers or plans.
 * @throws AppError `not-found`
 */
export async function requireOwnCitation(db: Db, targetId: string, accountId: string): Promise<void> {
  const { rowCount } = await db.query(
    // Two look-ups by key: one condition over both would go through all citations there are.
    `select from citation c join message m on m.id = c.message_id
       join conversation talk on talk.id = m.conversation_id
     where m.id = $1::uuid and c.n = $2 and talk.account_id = $3
     union all
     select from citation c join lesson_plan_version v on v.id = c.plan_version_id
       join lesson_plan p on p.id = v.plan_id
     where p.id = $1::uuid and c.n = $2 and p.account_id = $3
     limit 1`,
    [...targetId.split(':'), accountId],
  );
  if (!rowCount)
    throw new AppError('not-found', 'There is no such source. Load the answer again and choose the source.');
}

/** What readers hold against the citations of an answer, by number, newest first. */
export async function listCitationDoubts(db: Db, messageId: string): Promise<CitationDoubt[]> {
  const { rows } = await db.query<CitationDoubt>(
    `select split_part(f.target_id, ':', 2)::int as n, f.reason, f.comment, acc.display_name as account,
       f.created_at as "createdAt"
     from feedback f join account acc on acc.id = f.account_id
     where f.target_kind = 'citation' and f.value = 'bad' and f.target_id like $1 || ':%'
     order by n, f.created_at desc`,
    [messageId],
  );
  return rows;
}
