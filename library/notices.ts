import type { Db } from './db.ts';

/** What somebody is told; the names of transitions are those of what happened to a resource that they brought. */
export const NOTICE_KINDS = [
  'publish',
  'send-back',
  'withdraw',
  'restore',
  'accept-proposal',
  'reject-proposal',
  'cited-withdrawn',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface Notice {
  id: string;
  kind: NoticeKind;
  resourceId: string;
  title: string;
  /** Why, where somebody said so. */
  reason: string | null;
  /** For `cited-withdrawn`: how many of the account's own answers and plans cite the resource. */
  answers: number;
  plans: number;
  read: boolean;
  createdAt: Date;
}

/** Tells the owner of a resource what was done to it, unless they did it; in the transaction of the change. */
export async function tellOwner(
  db: Db,
  told: { resourceId: string; kind: NoticeKind; reason: string | null; by: string | null },
): Promise<void> {
  await db.query(
    `insert into notice (account_id, kind, resource_id, details)
     select owner_id, $2, id, jsonb_build_object('reason', $3::text) from resource
     where id = $1 and owner_id is not null and owner_id is distinct from $4::bigint`,
    [told.resourceId, told.kind, told.reason, told.by],
  );
}

/** Tells everybody whose answers or plans cite a resource that it was withdrawn; in the transaction of the withdrawal. */
export async function tellCiting(db: Db, resourceId: string, reason: string | null): Promise<void> {
  await db.query(
    `insert into notice (account_id, kind, resource_id, details)
     select coalesce(talk.account_id, p.account_id), 'cited-withdrawn', $1, jsonb_build_object('reason', $2::text,
       'answers', count(distinct c.message_id), 'plans', count(distinct v.plan_id))
     from citation c
     left join message m on m.id = c.message_id
     left join conversation talk on talk.id = m.conversation_id
     left join lesson_plan_version v on v.id = c.plan_version_id
     left join lesson_plan p on p.id = v.plan_id
     where c.resource_id = $1 and coalesce(talk.account_id, p.account_id) is not null
     group by 1`,
    [resourceId, reason],
  );
}

/** The newest notices of an account. */
export async function listNotices(db: Db, accountId: string, limit: number): Promise<Notice[]> {
  const { rows } = await db.query<Notice>(
    `select n.id::text, n.kind, n.resource_id as "resourceId", coalesce(v.title, r.id) as title,
       n.details->>'reason' as reason, coalesce((n.details->>'answers')::int, 0) as answers,
       coalesce((n.details->>'plans')::int, 0) as plans, n.read_at is not null as read, n.created_at as "createdAt"
     from notice n join resource r on r.id = n.resource_id left join resource_version v on v.id = r.live_version
     where n.account_id = $1 order by n.id desc limit $2`,
    [accountId, limit],
  );
  return rows;
}

/** Marks the notices of an account up to `lastId`, which are those it was shown, as read. */
export async function readNotices(db: Db, accountId: string, lastId: string): Promise<void> {
  await db.query('update notice set read_at = now() where account_id = $1 and id <= $2 and read_at is null', [
    accountId,
    lastId,
  ]);
}
