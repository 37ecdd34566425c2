import { z } from 'zod';
import { planMarkdown } from '../../exports/plan-markdown.ts';
import { askerOf } from '../../library/accounts.ts';
import { requireChosen } from '../../library/catalogue.ts';
import { AppError } from '../../library/errors.ts';
import { type LessonPlan, lessonPlanSchema } from '../../library/lesson-plan.ts';
import {
  addPlanVersion,
  createPlan,
  listPlans,
  requirePlan,
  requirePlanVersion,
} from '../../library/lesson-plans.ts';
import { languageOf } from '../../retrieval/language.ts';
import {
  planBody,
  planCreatedReply,
  planEditBody,
  planReply,
  planRestoreBody,
  plansReply,
} from '../api/lesson-plans.ts';
import { doneReply } from '../api/replies.ts';
import { only, requireAccount } from '../auth.ts';
import type { App, RouteDeps } from '../deps.ts';
import { isoDates } from '../iso-dates.ts';
import { startPlan } from '../planning.ts';
import { sendStream } from '../stream.ts';

const params = z.object({ id: z.uuid() });

/**
 * The plan with a teacher's changes: whole sections replace those of the same key. A citation belongs to the words that
 * were checked against it: what a teacher writes anew is the teacher's own, and citations that nothing uses any more go.
 */
export function editPlan(plan: LessonPlan, edit: z.output<typeof planEditBody>): LessonPlan {
  const checked = new Map(
    plan.sections.flatMap(({ items }) => items.map(item => [item.text, item] as const)),
  );
  const sections = plan.sections.map(section => {
    const edited = edit.sections.find(({ key }) => key === section.key);
    if (!edited) return section;
    const items = edited.items.map(
      ({ text }) => checked.get(text) ?? { text, citations: [], origin: 'teacher' as const },
    );
    return { ...edited, items };
  });
  const used = new Set(sections.flatMap(({ items }) => items.flatMap(({ citations }) => citations)));
  const citations = plan.citations.filter(({ n }) => used.has(n));
  return { ...plan, title: edit.title ?? plan.title, sections, citations };
}

export async function lessonPlanRoutes(app: App, deps: RouteDeps): Promise<void> {
  const { database, runs } = deps;
  app.addHook('preHandler', only(['teacher', 'admin']));

  app.get('/api/lesson-plans', { schema: { response: { 200: plansReply } } }, async request => ({
    plans: isoDates(await listPlans(database.db, requireAccount(request).id)),
  }));

  app.post(
    '/api/lesson-plans',
    { schema: { body: planBody, response: { 202: planCreatedReply } } },
    async (request, reply) => {
      const account = requireAccount(request);
      const language = request.body.language ?? languageOf(request.body.topic);
      const plan = { ...request.body, language };
      const asker = await askerOf(database.db, account);
      const chosen = await requireChosen(database.db, plan.resourceIds ?? [], asker);
      const planId = await createPlan(database.db, {
        organisationId: account.organisationId,
        accountId: account.id,
        language,
        request: plan,
      });
      startPlan(deps, { planId, request: plan, chosen, account, asker });
      return reply.status(202).send({ planId });
    },
  );

  app.get('/api/lesson-plans/:id', { schema: { params, response: { 200: planReply } } }, async request =>
    isoDates(await requirePlan(database.db, request.params.id, requireAccount(request).id)),
  );

  app.patch(
    '/api/lesson-plans/:id',
    { schema: { params, body: planEditBody, response: { 200: planReply } } },
    async request => {
      const account = requireAccount(request);
      const { id } = request.params;
      const current = await requirePlan(database.db, id, account.id);
      if (!current.plan)
        throw new AppError('conflict', 'The plan is still being drafted. Wait until it is complete.');
      const plan = editPlan(current.plan, request.body);
      const version = { plan, note: request.body.note, accountId: account.id, state: 'done' } as const;
      await database.transaction(db => addPlanVersion(db, id, version));
      return isoDates(await requirePlan(database.db, id, account.id));
    },
  );

  const versionParams = z.object({ id: z.uuid(), number: z.coerce.number().int().min(1) });
  app.get(
    '/api/lesson-plans/:id/versions/:number',
    { schema: { params: versionParams, response: { 200: lessonPlanSchema } } },
    async request => {
      await requirePlan(database.db, request.params.id, requireAccount(request).id);
      return requirePlanVersion(database.db, request.params.id, request.params.number);
    },
  );

  app.post(
    '/api/lesson-plans/:id/versions/:number/restore',
    { schema: { params: versionParams, body: planRestoreBody, response: { 200: planReply } } },
    async request => {
      const account = requireAccount(request);
      const { id, number } = request.params;
      await requirePlan(database.db, id, account.id);
      const plan = await requirePlanVersion(database.db, id, number);
      const version = { plan, note: request.body.note, accountId: account.id, state: 'done' } as const;
      await database.transaction(db => addPlanVersion(db, id, version));
      return isoDates(await requirePlan(database.db, id, account.id));
    },
  );

  const querystring = z.object({ format: z.literal('md').default('md') });
  app.get('/api/lesson-plans/:id/export', { schema: { params, querystring } }, async (request, reply) => {
    const { plan } = await requirePlan(database.db, request.params.id, requireAccount(request).id);
    if (!plan) throw new AppError('conflict', 'The plan is still being drafted. Wait until it is complete.');
    const name = encodeURIComponent(`${plan.title}.md`);
    return reply
      .header('content-type', 'text/markdown; charset=utf-8')
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .send(planMarkdown(plan));
  });

  app.get('/api/lesson-plans/:id/events', { schema: { params } }, async (request, reply) => {
    const { id } = request.params;
    const plan = await requirePlan(database.db, id, requireAccount(request).id);
    const end = { kind: 'plan-end', data: { plan: isoDates(plan) } };
    return sendStream(
      { db: database.db, runs },
      { request, reply },
      { id, finished: plan.state !== 'streaming', end },
    );
  });

  app.post(
    '/api/lesson-plans/:id/stop',
    { schema: { params, response: { 200: doneReply } } },
    async request => {
      await requirePlan(database.db, request.params.id, requireAccount(request).id);
      runs.stop(request.params.id);
      return { done: true as const };
    },
  );
}
