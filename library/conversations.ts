import type { Answer, Citation } from './answer.ts';
import { answerText } from './answer.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import type { Stage } from './resources.ts';
import { markWithdrawn } from './withdrawn-citations.ts';

/** A conversation as lists show it. */
export interface ConversationCard {
  id: string;
  title: string;
  updatedAt: Date;
}

export interface Message {
  id: string;
  role: 'user' | 'assistant';
  text: string;
  state: 'streaming' | 'done' | 'stopped' | 'failed';
  answer: Answer | null;
  error: string | null;
  createdAt: Date;
  feedback: 'good' | 'bad' | null;
}

const MESSAGE = `m.id, m.role, m.text, m.state, m.content->'answer' as answer, m.content->>'error' as error,
  m.created_at as "createdAt",
  (select f.value from feedback f
   where f.target_kind = 'answer' and f.target_id = m.id::text and f.account_id = c.account_id) as feedback`;

/** A title is the beginning of the first question. */
const TITLE_LENGTH = 60;

export async function listConversations(db: Db, accountId: string, words = ''): Promise<ConversationCard[]> {
  const { rows } = await db.query<ConversationCard>(
    // An account has hundreds of messages, not millions: no index is worth its room here.
    `select id, title, updated_at as "updatedAt" from conversation c
     where account_id = $1 and ($2 = '' or strpos(lower(title), lower($2)) > 0 or exists (
       select from message m where m.conversation_id = c.id and m.superseded_at is null
         and strpos(lower(m.text || ' ' || coalesce(m.content->>'sentences', '')), lower($2)) > 0))
     order by updated_at desc limit 200`,
    [accountId, words],
  );
  return rows;
}

export async function createConversation(
  db: Db,
  start: { organisationId: string; accountId: string; question: string; stage?: Stage; language?: string },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into conversation (organisation_id, account_id, title, stage, language)
     values ($1, $2, $3, $4, $5) returning id`,
    [
      start.organisationId,
      start.accountId,
      start.question.slice(0, TITLE_LENGTH),
      start.stage ?? null,
      start.language ?? null,
    ],
  );
  return rows[0]!.id;
}

/**
 * A conversation of this account with its messages, without those that others took the place of.
 * @throws AppError `not-found` also when it is somebody else's: whether it exists is nobody's business.
 */
export async function requireConversation(
  db: Db,
  id: string,
  accountId: string,
): Promise<ConversationCard & { stage: Stage | null; messages: Message[] }> {
  const { rows } = await db.query<ConversationCard & { stage: Stage | null }>(
    'select id, title, stage, updated_at as "updatedAt" from conversation where id = $1 and account_id = $2',
    [id, accountId],
  );
  if (!rows[0])
    throw new AppError(
      'not-found',
      'There is no such conversation. It may have been deleted; start a new one.',
    );
  const { rows: messages } = await db.query<Message>(
    `select ${MESSAGE} from message m join conversation c on c.id = m.conversation_id
     where c.id = $1 and m.superseded_at is null order by m.ordinal`,
    [id],
  );
  const answers = await markWithdrawn(
    db,
    messages.map(({ answer }) => answer),
  );
  return { ...rows[0], messages: messages.map((message, i) => ({ ...message, answer: answers[i] ?? null })) };
}

export async function deleteConversation(db: Db, id: string, accountId: string): Promise<void> {
  const { rowCount } = await db.query('delete from conversation where id = $1 and account_id = $2', [
    id,
    accountId,
  ]);
  if (!rowCount)
    throw new AppError('not-found', 'There is no such conversation. It may have been deleted already.');
}

/**
 * Stores a question and the empty assistant message that will answer it; returns that message's id. With `replaces`, the
 * last question and its answer make room for it. Run in a transaction.
 * @throws AppError `conflict` while the last answer is still being written, or when `replaces` is not the last question.
 */
export async function addQuestion(
  db: Db,
  conversationId: string,
  question: string,
  replaces?: string,
): Promise<string> {
  await db.query('update conversation set updated_at = now() where id = $1', [conversationId]);
  const { rows } = await db.query<{ ordinal: number; streaming: boolean }>(
    `select coalesce(max(ordinal), 0)::int as ordinal, coalesce(bool_or(state = 'streaming'), false) as streaming
     from message where conversation_id = $1`,
    [conversationId],
  );
  const { ordinal, streaming } = rows[0]!;
  if (streaming)
    throw new AppError('conflict', 'The last answer is still being written. Wait for it or stop it first.');
  if (replaces) await supersede(db, conversationId, replaces, question);
  await db.query(`insert into message (conversation_id, ordinal, role, text) values ($1, $2, 'user', $3)`, [
    conversationId,
    ordinal + 1,
    question,
  ]);
  const { rows: created } = await db.query<{ id: string }>(
    `insert into message (conversation_id, ordinal, role, state) values ($1, $2, 'assistant', 'streaming') returning id`,
    [conversationId, ordinal + 2],
  );
  return created[0]!.id;
}

/** Takes the last question and its answer out of the conversation; one that named it gives the name to `successor`. */
async function supersede(
  db: Db,
  conversationId: string,
  questionId: string,
  successor: string,
): Promise<void> {
  const { rowCount } = await db.query(
    `update message set superseded_at = now()
     where conversation_id = $1 and superseded_at is null and ordinal >= (
       select ordinal from message where id = $2 and ordinal = (
         select max(ordinal) from message where conversation_id = $1 and role = 'user' and superseded_at is null))`,
    [conversationId, questionId],
  );
  if (!rowCount)
    throw new AppError(
      'conflict',
      'Only the last question of a conversation can be changed. Load the conversation again to see it.',
    );
  await db.query(
    `update conversation set title = $2 where id = $1 and not exists (
       select from message where conversation_id = $1 and superseded_at is null)`,
    [conversationId, successor.slice(0, TITLE_LENGTH)],
  );
}

/** A message of one of this account's conversations. @throws AppError `not-found` */
export async function requireMessage(
  db: Db,
  messageId: string,
  accountId: string,
): Promise<Message & { conversationId: string }> {
  const { rows } = await db.query<Message & { conversationId: string }>(
    `select ${MESSAGE}, c.id as "conversationId" from message m join conversation c on c.id = m.conversation_id
     where m.id = $1 and c.account_id = $2`,
    [messageId, accountId],
  );
  if (!rows[0])
    throw new AppError('not-found', 'There is no such answer. Its conversation may have been deleted.');
  const [answer = null] = await markWithdrawn(db, [rows[0].answer]);
  return { ...rows[0], answer };
}

/** Stores the finished answer with its citations as rows. Run in a transaction. */
export async function finishAnswer(
  db: Db,
  messageId: string,
  state: 'done' | 'stopped',
  answer: Answer,
): Promise<void> {
  const { rowCount } = await db.query(
    `update message set state = $2, outcome = $3, text = $4, content = $5, finished_at = now()
     where id = $1 and state = 'streaming'`,
    [messageId, state, answer.outcome, answerText(answer), JSON.stringify({ answer })],
  );
  if (rowCount) await insertCitations(db, { messageId }, answer.citations);
}

/** Marks an answer as failed, with what the asker should know and do. */
export async function failAnswer(db: Db, messageId: string, error: string): Promise<void> {
  await db.query(
    `update message set state = 'failed', content = $2, finished_at = now() where id = $1 and state = 'streaming'`,
    [messageId, JSON.stringify({ error })],
  );
}

/** Marks an answer as stopped before its first sentence, with the reason. */
export async function stopAnswer(db: Db, messageId: string, reason: string): Promise<void> {
  await db.query(
    `update message set state = 'stopped', content = $2, finished_at = now() where id = $1 and state = 'streaming'`,
    [messageId, JSON.stringify({ error: reason })],
  );
}

/** Answers that no process is writing any more: their ids, for those older than `seconds`. */
export async function findAbandonedAnswers(db: Db, seconds: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from message where state = 'streaming' and created_at < now() - make_interval(secs => $1)`,
    [seconds],
  );
  return rows.map(({ id }) => id);
}

/** Stores citations of an answer or of a plan version. */
export async function insertCitations(
  db: Db,
  of: { messageId: string } | { planVersionId: string },
  citations: Citation[],
): Promise<void> {
  if (citations.length === 0) return;
  await db.query(
    `insert into citation (message_id, plan_version_id, n, passage_id, resource_id, quote, quote_start, verdict, method)
     select $1::uuid, $2::bigint, c.n, c."passageId"::bigint, c."resourceId", c.quote, c."quoteStart", c.verdict, c.method
     from jsonb_to_recordset($3::jsonb) as c(n int, "passageId" text, "resourceId" text, quote text, "quoteStart" int,
       verdict text, method text)`,
    [
      'messageId' in of ? of.messageId : null,
      'planVersionId' in of ? of.planVersionId : null,
      JSON.stringify(citations),
    ],
  );
}
