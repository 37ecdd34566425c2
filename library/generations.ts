import { createHash } from 'node:crypto';
import type { Db } from './db.ts';

/** One passage as a model was shown it: its number in the prompt and the hash of its text at that moment. */
export interface EvidenceSnapshot {
  n: number;
  passageId: string;
  hash: string;
}

/** One model call, as it is recorded. */
export interface Generation {
  /** Null stands for the one organisation of an embedded library: a command has no account. */
  organisationId: string | null;
  accountId: string | null;
  agent: string;
  messageId: string | null;
  planId: string | null;
  prompt: { name: string; version: number; hash: string };
  model: string;
  spaceId: number | null;
  evidence: EvidenceSnapshot[];
  input: string | null;
  output: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  outcome: 'ok' | 'failed' | 'stopped';
  error: string | null;
  startedAt: Date;
  durationMs: number;
}

/** A model call as a list shows it; `subject` is the question, the topic, or the beginning of the input. */
export interface GenerationCard {
  id: string;
  agent: string;
  prompt: string;
  promptHash: string;
  model: string;
  space: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  durationMs: number;
  outcome: string;
  error: string | null;
  startedAt: Date;
  subject: string;
}

/** A passage that a model was shown; `intact` is false when its text is no longer what it was then. */
export interface ShownPassage {
  n: number;
  passageId: string;
  resourceId: string;
  title: string;
  heading: string[];
  text: string;
  intact: boolean;
  withdrawn: boolean;
}

export type GenerationDetail = Omit<GenerationCard, 'subject'> & {
  output: string | null;
  evidence: ShownPassage[];
};

/** Texts in the log are cut here: enough for a reviewer, and a run-away model cannot fill the table. */
const LONGEST_TEXT = 60_000;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** SHA-256 of a passage's text in hex: what an evidence snapshot keeps of it. */
export function passageHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Stores one model call and returns its id. A message that is gone leaves the call without one. */
export async function recordGeneration(db: Db, row: Generation): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into generation (organisation_id, account_id, agent, message_id, plan_id, prompt_name, prompt_version,
       prompt_hash, model, space_id, evidence, input, output, input_tokens, output_tokens, outcome, error, started_at,
       duration_ms)
     values (coalesce($1::bigint, (select min(id) from organisation)), $2::bigint, $3,
       (select id from message where id = $4::uuid), $5::uuid, $6, $7, $8, $9,
       (select id from embedding_space where id = $10::int), $11, $12, $13, $14, $15, $16, $17, $18, $19)
     returning id`,
    [
      row.organisationId,
      row.accountId,
      row.agent,
      row.messageId,
      row.planId,
      row.prompt.name,
      row.prompt.version,
      row.prompt.hash,
      row.model,
      row.spaceId,
      JSON.stringify(row.evidence),
      storable(row.input),
      storable(row.output),
      row.inputTokens,
      row.outputTokens,
      row.outcome,
      storable(row.error),
      row.startedAt,
      row.durationMs,
    ],
  );
  return rows[0]!.id;
}

/** Postgres takes neither NUL nor half a surrogate pair, and a model may send both. */
function storable(text: string | null): string | null {
  return text === null
    ? null
    : text.slice(0, LONGEST_TEXT).replaceAll('\0', '').replace(LONE_SURROGATE, '\ufffd');
}

const COLUMNS = `g.id, g.agent, g.prompt_name || '@' || g.prompt_version as prompt, g.prompt_hash as "promptHash", g.model,
  s.model || ' (' || s.dimensions || ')' as space, g.input_tokens as "inputTokens", g.output_tokens as "outputTokens",
  g.duration_ms as "durationMs", g.outcome, g.error, g.started_at as "startedAt"`;

/** Model calls of an organisation, newest first; `before` is the time of the last one already seen. */
export async function listGenerations(
  db: Db,
  filter: { organisationId: string; agent?: string; outcome?: string; before?: string; limit: number },
): Promise<GenerationCard[]> {
  const { rows } = await db.query<GenerationCard>(
    `select ${COLUMNS},
       coalesce((select q.text from message a join message q
                   on q.conversation_id = a.conversation_id and q.ordinal = a.ordinal - 1
                 where a.id = g.message_id),
                (select topic from lesson_plan where id = g.plan_id), left(g.input, 200), '') as subject
     from generation g left join embedding_space s on s.id = g.space_id
     where g.organisation_id = $1 and ($2::text is null or g.agent = $2) and ($3::text is null or g.outcome = $3)
       and ($4::timestamptz is null or g.started_at < $4)
     order by g.started_at desc, g.id limit $5`,
    [
      filter.organisationId,
      filter.agent ?? null,
      filter.outcome ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows;
}

/** The model calls behind one answer or one plan, in their order, with what the model was shown. */
export async function findGenerations(
  db: Db,
  of: { messageId: string } | { planId: string },
): Promise<GenerationDetail[]> {
  const { rows } = await db.query<Omit<GenerationDetail, 'evidence'> & { snapshot: EvidenceSnapshot[] }>(
    `select ${COLUMNS}, g.output, g.evidence as snapshot
     from generation g left join embedding_space s on s.id = g.space_id
     where g.message_id = $1::uuid or g.plan_id = $2::uuid order by g.started_at, g.id`,
    ['messageId' in of ? of.messageId : null, 'planId' in of ? of.planId : null],
  );
  const shown = await findShown(db, [
    ...new Set(rows.flatMap(row => row.snapshot.map(({ passageId }) => passageId))),
  ]);
  return rows.map(({ snapshot, ...row }) => ({
    ...row,
    evidence: snapshot.flatMap(({ n, passageId, hash }) => {
      const passage = shown.get(passageId);
      return passage ? [{ n, ...passage, intact: passageHash(passage.text) === hash }] : [];
    }),
  }));
}

async function findShown(
  db: Db,
  passageIds: string[],
): Promise<Map<string, Omit<ShownPassage, 'n' | 'intact'>>> {
  const { rows } = await db.query<Omit<ShownPassage, 'n' | 'intact'>>(
    `select p.id::text as "passageId", v.resource_id as "resourceId", v.title, p.heading, p.text,
       r.status = 'withdrawn' as withdrawn
     from passage p join resource_version v on v.id = p.version_id join resource r on r.id = v.resource_id
     where p.id = any($1::bigint[])`,
    [passageIds],
  );
  return new Map(rows.map(row => [row.passageId, row]));
}
