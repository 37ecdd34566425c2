import type { Answer } from './answer.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import { markWithdrawn } from './withdrawn-citations.ts';

/** An answer as the admin's list shows it. */
export interface AnswerCard {
  messageId: string;
  question: string;
  text: string;
  outcome: Answer['outcome'] | null;
  state: string;
  model: string;
  account: string;
  stage: string | null;
  feedback: 'good' | 'bad' | null;
  /** The asker put another question or another try in its place. */
  superseded: boolean;
  createdAt: Date;
}

const CARD = `a.id as "messageId", q.text as question, a.text, a.outcome, a.state,
  coalesce(a.content->'answer'->>'model', '') as model, acc.display_name as account, c.stage,
  (select min(f.value) from feedback f where f.target_kind = 'answer' and f.target_id = a.id::text) as feedback,
  a.superseded_at is not null as superseded, a.created_at as "createdAt"`;
const FROM = `from message a
  join conversation c on c.id = a.conversation_id
  join account acc on acc.id = c.account_id
  join message q on q.conversation_id = a.conversation_id and q.ordinal = a.ordinal - 1`;

/** Answers of an organisation, newest first; `before` is the time of the last one already seen. */
export async function listAnswers(
  db: Db,
  filter: { organisationId: string; outcome?: string; feedback?: string; before?: string; limit: number },
): Promise<AnswerCard[]> {
  const { rows } = await db.query<AnswerCard>(
    `select * from (select ${CARD} ${FROM}
       where a.role = 'assistant' and c.organisation_id = $1
         and ($2::text is null or a.outcome = $2)
         and ($3::timestamptz is null or a.created_at < $3)) as answer
     where $4::text is null or feedback = $4
     order by "createdAt" desc limit $5`,
    [
      filter.organisationId,
      filter.outcome ?? null,
      filter.before ?? null,
      filter.feedback ?? null,
      filter.limit,
    ],
  );
  return rows;
}

/** One answer with its whole content. @throws AppError `not-found` */
export async function requireAnswer(
  db: Db,
  messageId: string,
  organisationId: string,
): Promise<{ card: AnswerCard; answer: Answer | null }> {
  const { rows } = await db.query<AnswerCard & { answer: Answer | null }>(
    `select ${CARD}, a.content->'answer' as answer ${FROM} where a.id = $1 and c.organisation_id = $2`,
    [messageId, organisationId],
  );
  if (!rows[0])
    throw new AppError('not-found', 'There is no such answer. Its conversation may have been deleted.');
  const { answer: stored, ...card } = rows[0];
  const [answer = null] = await markWithdrawn(db, [stored]);
  return { card, answer };
}

/** How many answers ended how, and what people said of them. */
export async function countAnswers(
  db: Db,
  organisationId: string,
): Promise<{ total: number; byOutcome: Record<string, number>; good: number; bad: number }> {
  const { rows } = await db.query<{ outcome: string; n: number }>(
    `select coalesce(a.outcome, a.state) as outcome, count(*)::int as n ${FROM}
     where a.role = 'assistant' and c.organisation_id = $1 group by 1`,
    [organisationId],
  );
  const { rows: opinions } = await db.query<{ value: 'good' | 'bad'; n: number }>(
    `select f.value, count(*)::int as n from feedback f join account acc on acc.id = f.account_id
     join message a on a.id::text = f.target_id
     where f.target_kind = 'answer' and acc.organisation_id = $1 group by 1`,
    [organisationId],
  );
  const opinion = (value: string) => opinions.find(row => row.value === value)?.n ?? 0;
  return {
    total: rows.reduce((sum, row) => sum + row.n, 0),
    byOutcome: Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n])),
    good: opinion('good'),
    bad: opinion('bad'),
  };
}
