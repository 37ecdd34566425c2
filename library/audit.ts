import type { Db } from './db.ts';

/** What somebody did to a resource or an account; `account` is null for a command of the operator. */
export interface AuditEntry<Action extends string = string> {
  action: Action;
  account: string | null;
  details: Record<string, string | null>;
  createdAt: Date;
}

/** Writes down who did what; run in the transaction of the change itself. */
export async function writeAudit(
  db: Db,
  entry: { accountId: string | null; action: string; target: string; details: AuditEntry['details'] },
): Promise<void> {
  await db.query('insert into audit (account_id, action, target, details) values ($1, $2, $3, $4)', [
    entry.accountId,
    entry.action,
    entry.target,
    JSON.stringify(entry.details),
  ]);
}

/** What was done to a target by any of these actions, newest first. */
export async function listAudit<Action extends string>(
  db: Db,
  target: string,
  actions: readonly Action[],
): Promise<AuditEntry<Action>[]> {
  const { rows } = await db.query<AuditEntry<Action>>(
    `select a.action, acc.display_name as account, a.details, a.created_at as "createdAt"
     from audit a left join account acc on acc.id = a.account_id
     where a.target = $1 and a.action = any($2::text[]) order by a.id desc`,
    [target, actions],
  );
  return rows;
}
