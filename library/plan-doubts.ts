import type { Citation } from './answer.ts';
import type { Db } from './db.ts';
import type { CitationDoubt } from './feedback.ts';
import type { LessonPlan, SectionKey } from './lesson-plan.ts';

/** A teacher's doubt about a citation of their plan, with as much of the plan as it takes to judge it. */
export interface PlanDoubt extends CitationDoubt {
  planId: string;
  planTitle: string;
  language: LessonPlan['language'];
  sections: { key: SectionKey; items: { text: string; cites: boolean }[] }[];
  citation: Citation;
}

// A doubt is settled once the newest version does not cite the source any more, or the resource is withdrawn.
const OPEN = `from feedback f
  join lesson_plan p on p.id = split_part(f.target_id, ':', 1)::uuid and p.organisation_id = $1
  join lateral (select v.id, v.content from lesson_plan_version v where v.plan_id = p.id
    order by v.number desc limit 1) newest on true
  join citation c on c.plan_version_id = newest.id and c.n = split_part(f.target_id, ':', 2)::int
  join resource r on r.id = c.resource_id and r.status <> 'withdrawn'
  join account acc on acc.id = f.account_id
  where f.target_kind = 'citation' and f.value = 'bad'`;

/** Doubts about plans that are still open, newest first; of a plan only the sections that cite the source. */
export async function listPlanDoubts(db: Db, organisationId: string): Promise<PlanDoubt[]> {
  const { rows } = await db.query<CitationDoubt & { planId: string; plan: LessonPlan }>(
    `select p.id as "planId", c.n, f.reason, f.comment, acc.display_name as account, f.created_at as "createdAt",
       newest.content as plan
     ${OPEN} order by f.created_at desc limit 100`,
    [organisationId],
  );
  return rows.flatMap(({ plan, ...doubt }) => {
    const citation = plan.citations.find(({ n }) => n === doubt.n);
    if (!citation) return [];
    // A version edited while the resource was withdrawn stored that mark; open doubts are about what is not.
    return [{ ...doubt, ...partOf(plan, doubt.n), citation: { ...citation, withdrawn: false } }];
  });
}

/** How many doubts about plans are open. */
export async function countPlanDoubts(db: Db, organisationId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`select count(*)::int as n ${OPEN}`, [organisationId]);
  return rows[0]!.n;
}

function partOf(plan: LessonPlan, n: number): Pick<PlanDoubt, 'planTitle' | 'language' | 'sections'> {
  const sections = plan.sections
    .map(({ key, items }) => ({
      key,
      items: items.map(({ text, citations }) => ({ text, cites: citations.includes(n) })),
    }))
    .filter(({ items }) => items.some(({ cites }) => cites));
  return { planTitle: plan.title, language: plan.language, sections };
}
