import type { Db } from './db.ts';

export interface Feedback {
  accountId: string;
  targetKind: 'answer' | 'citation' | 'plan' | 'recommendation';
  targetId: string;
  value: 'good' | 'bad';
  comment?: string;
}

/** Stores what somebody thinks of a target; a second opinion of the same account replaces the first. */
export async function saveFeedback(db: Db, feedback: Feedback): Promise<void> {
  await db.query(
    `insert into feedback (account_id, target_kind, target_id, value, comment) values ($1, $2, $3, $4, $5)
     on conflict (account_id, target_kind, target_id)
     do update set value = excluded.value, comment = excluded.comment, created_at = now()`,
    [feedback.accountId, feedback.targetKind, feedback.targetId, feedback.value, feedback.comment ?? null],
  );
}
