import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from './db.ts';
import {
  findGenerations,
  type Generation,
  listGenerations,
  passageHash,
  recordGeneration,
} from './generations.ts';
import { freshDatabase } from './testing/test-database.ts';

let database: Database;
let passageIds: string[];
let organisationId: string;
let messageId: string;
let accountId: string;

beforeAll(async () => {
  database = await freshDatabase();
  const { db } = database;
  const one = async (sql: string, values: unknown[] = []) =>
    (await db.query(sql, values)).rows[0].id as string;
  organisationId = await one('select id::text from organisation');
  accountId = await one(
    `insert into account (organisation_id, username, display_name, role, password_hash)
     values ($1, 'li', 'Li', 'teacher', 'x') returning id::text`,
    [organisationId],
  );
  await db.query(
    `insert into resource (id, organisation_id, source, status) values ('r1', $1, 'test', 'live')`,
    [organisationId],
  );
  const version = await one(
    `insert into resource_version (resource_id, content_hash, title, language, passage_count)
     values ('r1', 'x', '密度', 'zh', 2) returning id`,
  );
  const { rows } = await db.query(
    `insert into passage (version_id, ordinal, heading, text) values ($1, 0, '{定义}', '水的密度是1.0。'),
       ($1, 1, '{误区}', '密度不变。') returning id::text`,
    [version],
  );
  passageIds = rows.map(row => row.id);
  const conversation = await one(
    `insert into conversation (organisation_id, account_id, title) values ($1, $2, 't') returning id`,
    [organisationId, accountId],
  );
  await db.query(
    `insert into message (conversation_id, ordinal, role, text) values ($1, 1, 'user', '水的密度是多少？')`,
    [conversation],
  );
  messageId = await one(
    `insert into message (conversation_id, ordinal, role) values ($1, 2, 'assistant') returning id`,
    [conversation],
  );
});
afterAll(() => database.close());

function generation(over: Partial<Generation> = {}): Generation {
  return {
    organisationId,
    accountId,
    agent: 'tutor',
    messageId,
    planId: null,
    prompt: { name: 'tutor/answer', version: 3, hash: 'abc' },
    model: 'offline',
    spaceId: null,
    evidence: [
      { n: 1, passageId: passageIds[0]!, hash: passageHash('水的密度是1.0。') },
      { n: 2, passageId: passageIds[1]!, hash: passageHash('密度会变。') },
    ],
    input: 'in',
    output: 'out',
    inputTokens: 10,
    outputTokens: 2,
    outcome: 'ok',
    error: null,
    startedAt: new Date('2026-01-01T10:00:00Z'),
    durationMs: 12,
    ...over,
  };
}

test('a reviewer sees what the model saw, and whether a passage still says the same', async () => {
  const id = await recordGeneration(database.db, generation());
  await database.db.query(`update resource set status = 'withdrawn' where id = 'r1'`);
  expect(await findGenerations(database.db, { messageId })).toEqual([
    {
      id,
      agent: 'tutor',
      prompt: 'tutor/answer@3',
      promptHash: 'abc',
      model: 'offline',
      space: null,
      inputTokens: 10,
      outputTokens: 2,
      durationMs: 12,
      outcome: 'ok',
      error: null,
      startedAt: new Date('2026-01-01T10:00:00Z'),
      output: 'out',
      evidence: [
        {
          n: 1,
          passageId: passageIds[0],
          resourceId: 'r1',
          title: '密度',
          heading: ['定义'],
          text: '水的密度是1.0。',
          intact: true,
          withdrawn: true,
        },
        expect.objectContaining({ n: 2, intact: false, text: '密度不变。' }),
      ],
    },
  ]);
});

test('calls without message or account are kept, hostile text is made storable, and lists go back in time', async () => {
  const planId = randomUUID();
  await recordGeneration(
    database.db,
    generation({
      organisationId: null,
      accountId: null,
      agent: 'planner',
      messageId: randomUUID(),
      planId,
      spaceId: 999,
      input: '\0课题\ud800',
      outcome: 'failed',
      error: 'no answer',
      startedAt: new Date('2026-01-02T10:00:00Z'),
    }),
  );
  const all = await listGenerations(database.db, { organisationId, limit: 10 });
  expect(all.map(({ agent, subject }) => [agent, subject])).toEqual([
    ['planner', '课题\ufffd'],
    ['tutor', '水的密度是多少？'],
  ]);
  const older = { organisationId, before: '2026-01-02T10:00:00Z', limit: 10 };
  expect(await listGenerations(database.db, older)).toHaveLength(1);
  expect(await listGenerations(database.db, { organisationId, outcome: 'failed', limit: 10 })).toHaveLength(
    1,
  );
  expect((await findGenerations(database.db, { planId }))[0]).toMatchObject({
    outcome: 'failed',
    error: 'no answer',
  });
});
