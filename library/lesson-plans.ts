import { insertCitations } from './conversations.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import type { LessonPlan, PlanRequest } from './lesson-plan.ts';
import { markWithdrawn } from './withdrawn-citations.ts';

export interface PlanCard {
  id: string;
  topic: string;
  language: 'zh' | 'en';
  state: 'streaming' | 'done' | 'stopped' | 'failed';
  updatedAt: Date;
}

export interface PlanVersionCard {
  number: number;
  note: string;
  createdAt: Date;
}

/** What was asked for, and why nothing came of it if so. */
interface PlanOrigin {
  request: PlanRequest;
  error: string | null;
}

const CARD = 'id, topic, language, state, updated_at as "updatedAt"';

export async function listPlans(db: Db, accountId: string): Promise<PlanCard[]> {
  const { rows } = await db.query<PlanCard>(
    `select ${CARD} from lesson_plan where account_id = $1 order by updated_at desc limit 200`,
    [accountId],
  );
  return rows;
}

export async function createPlan(
  db: Db,
  plan: { organisationId: string; accountId: string; language: 'zh' | 'en'; request: PlanRequest },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into lesson_plan (organisation_id, account_id, topic, language, request, state)
     values ($1, $2, $3, $4, $5, 'streaming') returning id`,
    [plan.organisationId, plan.accountId, plan.request.topic, plan.language, JSON.stringify(plan.request)],
  );
  return rows[0]!.id;
}

/**
 * A plan of this account with its newest version (null while the first is being written).
 * @throws AppError `not-found` also when it is somebody else's.
 */
export async function requirePlan(
  db: Db,
  id: string,
  accountId: string,
): Promise<PlanCard & { plan: LessonPlan | null; versions: PlanVersionCard[] } & PlanOrigin> {
  const { rows } = await db.query<PlanCard & PlanOrigin>(
    `select ${CARD}, request->>'error' as error, request - 'error' as request from lesson_plan where id = $1 and account_id = $2`,
    [id, accountId],
  );
  if (!rows[0]) throw new AppError('not-found', 'There is no such plan. Open your list of plans.');
  const { rows: versions } = await db.query<PlanVersionCard>(
    'select number, note, created_at as "createdAt" from lesson_plan_version where plan_id = $1 order by number',
    [id],
  );
  const newest = versions.at(-1);
  return { ...rows[0], versions, plan: newest ? await requirePlanVersion(db, id, newest.number) : null };
}

/** @throws AppError `not-found` */
export async function requirePlanVersion(db: Db, planId: string, number: number): Promise<LessonPlan> {
  const { rows } = await db.query<{ content: LessonPlan }>(
    'select content from lesson_plan_version where plan_id = $1 and number = $2',
    [planId, number],
  );
  if (!rows[0]) throw new AppError('not-found', `The plan has no version ${number}.`);
  const [content] = await markWithdrawn(db, [rows[0].content]);
  return content!;
}

/** Adds a version with its citations and sets the plan's state. Run in a transaction. */
export async function addPlanVersion(
  db: Db,
  planId: string,
  version: { plan: LessonPlan; note: string; accountId: string; state: 'done' | 'stopped' },
): Promise<void> {
  // The row lock lets two writers of one plan take turns, so that numbers neither clash nor skip.
  await db.query('update lesson_plan set state = $2, updated_at = now() where id = $1', [
    planId,
    version.state,
  ]);
  const { rows } = await db.query<{ id: string }>(
    `insert into lesson_plan_version (plan_id, number, note, content, account_id)
     values ($1, (select coalesce(max(number), 0) + 1 from lesson_plan_version where plan_id = $1), $2, $3, $4)
     returning id::text`,
    [planId, version.note, JSON.stringify(version.plan), version.accountId],
  );
  await insertCitations(db, { planVersionId: rows[0]!.id }, version.plan.citations);
}

/** Marks a plan as failed, with what the teacher should know and do. */
export async function failPlan(db: Db, planId: string, error: string): Promise<void> {
  await db.query(
    `update lesson_plan set state = 'failed', updated_at = now(), request = request || jsonb_build_object('error', $2::text)
     where id = $1 and state = 'streaming'`,
    [planId, error],
  );
}

/** Plans that no process is writing any more: their ids, for those older than `seconds`. */
export async function findAbandonedPlans(db: Db, seconds: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from lesson_plan where state = 'streaming' and created_at < now() - make_interval(secs => $1)`,
    [seconds],
  );
  return rows.map(({ id }) => id);
}
