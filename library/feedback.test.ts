import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccount } from './accounts.ts';
import type { Citation } from './answer.ts';
import { addQuestion, createConversation, insertCitations } from './conversations.ts';
import type { Database } from './db.ts';
import { type Feedback, listCitationDoubts, requireOwnCitation, saveFeedback } from './feedback.ts';
import { freshDatabase } from './testing/test-database.ts';

let database: Database;
let accountId: string;
let otherId: string;
let messageId: string;

beforeAll(async () => {
  database = await freshDatabase();
  const { db } = database;
  const one = async (sql: string, values: unknown[] = []) =>
    (await db.query(sql, values)).rows[0].id as string;
  const organisationId = await one('select id::text from organisation');
  const account = (username: string) =>
    createAccount(db, { username, displayName: username, role: 'learner', password: 'secret-secret' });
  await account('li');
  await account('wang');
  accountId = await one(`select id::text from account where username = 'li'`);
  otherId = await one(`select id::text from account where username = 'wang'`);
  await db.query(
    `insert into resource (id, organisation_id, source, status) values ('r1', $1, 'test', 'live')`,
    [organisationId],
  );
  const version = await one(
    `insert into resource_version (resource_id, content_hash, title, language, passage_count)
     values ('r1', 'x', '密度', 'zh', 1) returning id::text`,
  );
  const passageId = await one(
    `insert into passage (version_id, ordinal, heading, text) values ($1, 0, '{}', '水的密度是1.0。') returning id::text`,
    [version],
  );
  const conversationId = await createConversation(db, { organisationId, accountId, question: '密度？' });
  messageId = await addQuestion(db, conversationId, '密度？');
  const citation = { passageId, resourceId: 'r1', quote: '水', quoteStart: 0, verdict: 'supported' };
  const citations = [1, 12].map(n => ({ ...citation, n, method: 'quoted' })) as Citation[];
  await insertCitations(db, { messageId }, citations);
});
afterAll(() => database.close());

const doubt = (n: number, more: Partial<Feedback> = {}) =>
  saveFeedback(database.db, {
    accountId,
    targetKind: 'citation',
    targetId: `${messageId}:${n}`,
    value: 'bad',
    ...more,
  });

it('keeps doubts by the number of the citation, the last one of each reader', async () => {
  await doubt(12, { reason: 'other-matter' });
  await doubt(1, { reason: 'other-matter' });
  await doubt(1, { reason: 'only-part', comment: '只说了一半' });
  await doubt(1, { accountId: otherId, value: 'good' });
  const doubts = await listCitationDoubts(database.db, messageId);
  expect(doubts.map(({ n, reason, comment, account }) => [n, reason, comment, account])).toEqual([
    [1, 'only-part', '只说了一半', 'li'],
    [12, 'other-matter', null, 'li'],
  ]);
});

it('takes doubts only about citations of one’s own answers', async () => {
  const { db } = database;
  await requireOwnCitation(db, `${messageId}:12`, accountId);
  await expect(requireOwnCitation(db, `${messageId}:2`, accountId)).rejects.toThrow('no such source');
  await expect(requireOwnCitation(db, `${messageId}:1`, otherId)).rejects.toThrow('no such source');
});
