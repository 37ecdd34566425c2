import type { Db } from './db.ts';

/** A question that the library could not answer, with how often it was asked and wished for. */
export interface Gap {
  question: string;
  asked: number;
  requested: number;
  lastAt: Date;
}

/** Notes that the library had no evidence for the question that this answer was to. */
export async function recordGap(db: Db, messageId: string): Promise<void> {
  await db.query(
    `insert into gap (organisation_id, account_id, message_id, question, language, stage)
     select c.organisation_id, c.account_id, a.id, q.text, c.language, c.stage
     from message a
     join conversation c on c.id = a.conversation_id
     join message q on q.conversation_id = a.conversation_id and q.ordinal = a.ordinal - 1
     where a.id = $1`,
    [messageId],
  );
}

/** Somebody asks for the material that this answer lacked; a gap is made where none was noted. */
export async function requestMaterial(db: Db, messageId: string): Promise<void> {
  const { rowCount } = await db.query('update gap set requested = true where message_id = $1', [messageId]);
  if (rowCount) return;
  await recordGap(db, messageId);
  await db.query('update gap set requested = true where message_id = $1', [messageId]);
}

/** The gaps asked for most, questions that differ only in case or white space taken together. */
export async function listGaps(db: Db, organisationId: string, limit: number): Promise<Gap[]> {
  const { rows } = await db.query<Gap>(
    `select min(question) as question, count(*)::int as asked, count(*) filter (where requested)::int as requested,
       max(created_at) as "lastAt"
     from gap where organisation_id = $1
     group by lower(regexp_replace(question, '\\s+', ' ', 'g'))
     order by requested desc, asked desc, "lastAt" desc limit $2`,
    [organisationId, limit],
  );
  return rows;
}
