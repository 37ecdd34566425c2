import { randomBytes } from 'node:crypto';
import { type Account, changePassword, createAccount, type NewAccount, type Role } from './accounts.ts';
import { writeAudit } from './audit.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/* What an admin does to the accounts of their organisation. Each runs in a transaction and is written down. */

/** 72 bits: nobody guesses it, and it can be read out over the telephone. */
const freshPassword = () => randomBytes(9).toString('base64url');

/** Adds an account with a fresh password, which is stored nowhere in plain text: whoever gets it shows it once. */
export async function addAccount(
  db: Db,
  admin: Account,
  account: Omit<NewAccount, 'password'>,
): Promise<{ username: string; password: string }> {
  const password = freshPassword();
  const { id, username } = await createAccount(db, { ...account, password });
  await write(db, admin, { id, action: 'account-add', details: { role: account.role } });
  return { username, password };
}

/**
 * Gives an account a fresh password and ends its sessions.
 * @throws AppError `not-found`; `not-possible` for the admin's own, whose session would end with it unseen, and for a
 *   pupil, who signs in with a class code.
 */
export async function renewPassword(
  db: Db,
  admin: Account,
  accountId: string,
): Promise<{ username: string; password: string }> {
  const { username, pupil } = await lockOther(db, admin, accountId);
  if (pupil) {
    throw new AppError(
      'not-possible',
      'This pupil signs in with a class code and has no password. Give a new PIN on the page of the class.',
    );
  }
  const password = freshPassword();
  await changePassword(db, username, password);
  await write(db, admin, { id: accountId, action: 'account-password', details: {} });
  return { username, password };
}

/** Keeps somebody out, at once: the sessions end too. @throws AppError as `changeRole` */
export async function disableAccount(db: Db, admin: Account, accountId: string): Promise<void> {
  const { role } = await lockOther(db, admin, accountId);
  if (role === 'admin') await requireAnotherAdmin(db, admin.organisationId, accountId);
  await db.query('update account set disabled_at = coalesce(disabled_at, now()) where id = $1', [accountId]);
  await db.query('delete from session where account_id = $1', [accountId]);
  await write(db, admin, { id: accountId, action: 'account-disable', details: {} });
}

/** Lets somebody in again, with the password they had. @throws AppError as `changeRole` */
export async function enableAccount(db: Db, admin: Account, accountId: string): Promise<void> {
  await lockOther(db, admin, accountId);
  await db.query('update account set disabled_at = null where id = $1', [accountId]);
  await write(db, admin, { id: accountId, action: 'account-enable', details: {} });
}

/**
 * Changes what somebody may do, from their next request on.
 * @throws AppError `not-found`; `not-possible` for the admin's own account, for the last admin, and for a pupil: a PIN is
 *   enough for what a learner may do, and for nothing more.
 */
export async function changeRole(db: Db, admin: Account, accountId: string, role: Role): Promise<void> {
  const before = await lockOther(db, admin, accountId);
  if (before.role === role) return;
  if (before.pupil) {
    throw new AppError(
      'not-possible',
      'This pupil signs in with a class code and stays a learner. Add another account for what is more.',
    );
  }
  if (before.role === 'admin') await requireAnotherAdmin(db, admin.organisationId, accountId);
  await db.query('update account set role = $2 where id = $1', [accountId, role]);
  await write(db, admin, {
    id: accountId,
    action: 'account-role',
    details: { from: before.role, to: role },
  });
}

async function lockOther(
  db: Db,
  admin: Account,
  accountId: string,
): Promise<{ username: string; role: Role; pupil: boolean }> {
  if (accountId === admin.id) {
    throw new AppError('not-possible', 'This is your own account. Ask another admin to change it.');
  }
  // All admins' rows with it, in one order: two admins who take each other's rights must take turns.
  const { rows } = await db.query<{ id: string; username: string; role: Role; pupil: boolean }>(
    `select id::text, username, role, class_id is not null as pupil from account
     where organisation_id = $1 and (id = $2 or (role = 'admin' and disabled_at is null)) order by id for update`,
    [admin.organisationId, accountId],
  );
  const other = rows.find(({ id }) => id === accountId);
  if (!other) throw new AppError('not-found', 'There is no such account. Look for it in the list.');
  return other;
}

async function requireAnotherAdmin(db: Db, organisationId: string, accountId: string): Promise<void> {
  const { rowCount } = await db.query(
    `select from account where organisation_id = $1 and role = 'admin' and disabled_at is null and id <> $2`,
    [organisationId, accountId],
  );
  if (!rowCount) {
    throw new AppError('not-possible', 'This is the last admin. Make somebody else an admin first.');
  }
}

function write(
  db: Db,
  admin: Account,
  { id, action, details }: { id: string; action: string; details: Record<string, string | null> },
): Promise<void> {
  return writeAudit(db, { accountId: admin.id, action, target: `account/${id}`, details });
}
