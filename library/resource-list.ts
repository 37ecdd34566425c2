import { type AuditEntry, listAudit } from './audit.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import { RESOURCE_ACTIONS, type ResourceAction, type Status } from './life-cycle.ts';
import { findProposal, type Proposal } from './proposals.ts';
import type { Visibility } from './resources.ts';

/** A resource as the admin's list shows it, whatever its status. */
export interface ResourceRow {
  resourceId: string;
  title: string;
  language: string | null;
  status: Status;
  visibility: Visibility;
  /** Null for what the operator imported. */
  owner: string | null;
  className: string | null;
  source: string;
  /** Whether another version waits for somebody's yes. */
  proposed: boolean;
  versions: number;
  updatedAt: Date;
}

export interface ResourceVersionCard {
  versionId: string;
  title: string;
  passages: number;
  current: boolean;
  createdAt: Date;
}

/** Everything an admin decides by. */
export interface ResourceRecord extends ResourceRow {
  history: AuditEntry<ResourceAction>[];
  versionList: ResourceVersionCard[];
  citedBy: { answers: number; plans: number };
  /** The text of what is not live, and so has no page of its own. */
  passages: { passageId: string; heading: string[]; text: string }[];
  /** What it would become, where somebody brought another version. */
  proposal: Proposal | null;
}

export interface ResourceFilter {
  organisationId: string;
  /** Words that stand as they are in the title or the id. */
  words?: string | undefined;
  status?: Status | undefined;
  source?: string | undefined;
}

// What is known of the current version may be nothing yet, so it is joined from the left.
const ROW = `r.id as "resourceId", coalesce(v.title, r.id) as title, v.language, r.status, r.visibility,
  owner.display_name as owner, c.name as "className", r.source, r.updated_at as "updatedAt",
  exists (select from proposal where resource_id = r.id) as proposed,
  (select count(*)::int from resource_version each where each.resource_id = r.id) as versions`;
const FROM = `from resource r
  left join resource_version v on v.id = r.live_version
  left join account owner on owner.id = r.owner_id
  left join class c on c.id = r.class_id`;
const FITS = `r.organisation_id = $1 and ($2::text is null or r.status = $2
    or ($2 = 'in-review' and exists (select from proposal where resource_id = r.id))) and ($3::text is null or r.source = $3)
  and ($4 = '' or strpos(lower(v.title), lower($4)) > 0 or strpos(lower(r.id), lower($4)) > 0)`;

const filterValues = ({ organisationId, status, source, words }: ResourceFilter) => [
  organisationId,
  status ?? null,
  source ?? null,
  words ?? '',
];

/** A page of the resources that fit, newest change first, and how many fit in all. */
export async function listResources(
  db: Db,
  filter: ResourceFilter & { offset: number; limit: number },
): Promise<{ resources: ResourceRow[]; total: number }> {
  const { rows: resources } = await db.query<ResourceRow>(
    `select ${ROW} ${FROM} where ${FITS} order by r.updated_at desc, r.id limit $5 offset $6`,
    [...filterValues(filter), filter.limit, filter.offset],
  );
  const { rows } = await db.query<{ total: number }>(
    `select count(*)::int as total from resource r left join resource_version v on v.id = r.live_version where ${FITS}`,
    filterValues(filter),
  );
  return { resources, total: rows[0]!.total };
}

/** Where the resources of an organisation came from, the largest source first. */
export async function listSources(db: Db, organisationId: string): Promise<string[]> {
  const { rows } = await db.query<{ source: string }>(
    'select source from resource where organisation_id = $1 group by source order by count(*) desc, source limit 200',
    [organisationId],
  );
  return rows.map(({ source }) => source);
}

/** How many resources, or other versions of them, wait for somebody to look at them. */
export async function countInReview(db: Db, organisationId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from resource r where organisation_id = $1
       and (status = 'in-review' or exists (select from proposal where resource_id = r.id))`,
    [organisationId],
  );
  return rows[0]!.n;
}

/** A resource with its history, versions and uses. @throws AppError `not-found` */
export async function requireResourceRecord(
  db: Db,
  id: string,
  organisationId: string,
): Promise<ResourceRecord> {
  const { rows } = await db.query<ResourceRow>(
    `select ${ROW} ${FROM} where r.id = $1 and r.organisation_id = $2`,
    [id, organisationId],
  );
  const row = rows[0];
  if (!row) throw new AppError('not-found', `There is no resource "${id}". Look for it in the list.`);
  const [history, versionList, citedBy, passages, proposal] = await Promise.all([
    listAudit(db, id, RESOURCE_ACTIONS),
    listVersions(db, id),
    countUses(db, id),
    row.status === 'live' ? [] : readText(db, id),
    findProposal(db, id),
  ]);
  return { ...row, history, versionList, citedBy, passages, proposal };
}

async function listVersions(db: Db, id: string): Promise<ResourceVersionCard[]> {
  const { rows } = await db.query<ResourceVersionCard>(
    `select v.id::text as "versionId", v.title, v.passage_count as passages, v.id = r.live_version as current,
       v.created_at as "createdAt"
     from resource_version v join resource r on r.id = v.resource_id where r.id = $1 order by v.id desc`,
    [id],
  );
  return rows;
}

async function countUses(db: Db, id: string): Promise<ResourceRecord['citedBy']> {
  const { rows } = await db.query<ResourceRecord['citedBy']>(
    `select count(distinct c.message_id)::int as answers, count(distinct v.plan_id)::int as plans
     from citation c left join lesson_plan_version v on v.id = c.plan_version_id where c.resource_id = $1`,
    [id],
  );
  return rows[0]!;
}

async function readText(db: Db, id: string): Promise<ResourceRecord['passages']> {
  const { rows } = await db.query<ResourceRecord['passages'][number]>(
    `select p.id::text as "passageId", p.heading, p.text
     from resource r join passage p on p.version_id = r.live_version where r.id = $1 order by p.ordinal`,
    [id],
  );
  return rows;
}

/** The text of the current versions of resources, by their ids; at most the first 100,000 characters of each. */
export async function readTexts(db: Db, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; text: string }>(
    `select r.id, left(string_agg(p.text, ' ' order by p.ordinal), 100000) as text
     from resource r join passage p on p.version_id = r.live_version where r.id = any($1::text[]) group by r.id`,
    [ids],
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}
