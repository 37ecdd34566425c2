import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { nameKeyOf, readCode, readPin } from './class-code.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import type { Stage } from './resources.ts';

export const ROLES = ['learner', 'teacher', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who somebody is, without the secret. */
export interface Account {
  id: string;
  organisationId: string;
  username: string;
  displayName: string;
  role: Role;
  stage: Stage | null;
  language: 'zh' | 'en';
}

/** Whose eyes a search looks with; null is somebody who has not signed in. */
export interface Asker {
  accountId: string;
  organisationId: string;
  classIds: string[];
}

/** A session lasts two weeks: a school term's rhythm without a sign-in every day. */
const SESSION_DAYS = 14;
const COLUMNS = `id::text, organisation_id::text as "organisationId", username, display_name as "displayName",
  role, stage, language`;

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);
/** OWASP password storage cheat sheet (scrypt): N = 2^15, r = 8, p = 3. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** What is stored of a password, or of a pupil's PIN. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, 32, COST);
  return `${salt.toString('base64')}:${key.toString('base64')}`;
}

async function matchesPassword(password: string, stored: string): Promise<boolean> {
  const [salt = '', key = ''] = stored.split(':');
  const derived = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, COST);
  return timingSafeEqual(derived, Buffer.from(key, 'base64'));
}

/** What a new account needs. */
export interface NewAccount {
  username: string;
  displayName: string;
  role: Role;
  password: string;
  stage?: Stage;
  language?: 'zh' | 'en';
}

/**
 * Makes an account in the first organisation.
 * @throws AppError `conflict` when the username is taken.
 */
export async function createAccount(db: Db, account: NewAccount): Promise<Account> {
  const { rows } = await db.query<Account>(
    `insert into account (organisation_id, username, display_name, role, stage, language, password_hash)
     values ((select min(id) from organisation), $1, $2, $3, $4, $5, $6)
     on conflict (username) do nothing
     returning ${COLUMNS}`,
    [
      account.username,
      account.displayName,
      account.role,
      account.stage ?? null,
      account.language ?? 'zh',
      await hashPassword(account.password),
    ],
  );
  if (!rows[0]) {
    throw new AppError(
      'conflict',
      `There is already an account "${account.username}". Choose another username.`,
    );
  }
  return rows[0];
}

/** Sets a new password and ends all sessions of the account. A pupil has none: see `renewPin`. @throws AppError `not-found` */
export async function changePassword(db: Db, username: string, password: string): Promise<void> {
  const { rowCount } = await db.query(
    `with changed as (update account set password_hash = $2 where username = $1 and class_id is null returning id),
       ended as (delete from session where account_id in (select id from changed))
     select id from changed`,
    [username, await hashPassword(password)],
  );
  if (!rowCount) throw new AppError('not-found', `There is no account "${username}" with a password.`);
}

export async function listAccounts(db: Db): Promise<Account[]> {
  const { rows } = await db.query<Account>(
    `select ${COLUMNS} from account where disabled_at is null order by id`,
  );
  return rows;
}

const hashToken = (token: string) => createHash('sha256').update(token).digest();
/** Compared against when the username is unknown, so that timing does not tell which usernames exist. */
let nobody: Promise<string> | undefined;

/** A session that was just opened; only its hash is stored. */
export interface OpenedSession {
  account: Account;
  token: string;
  expiresAt: Date;
}

/**
 * Checks username and password and opens a session. Accounts made in a class have no password of this kind.
 * @throws AppError `not-signed-in` for a wrong pair, without saying which of the two was wrong.
 */
export async function signIn(db: Db, username: string, password: string): Promise<OpenedSession> {
  const { rows } = await db.query<StoredAccount>(
    `select ${COLUMNS}, password_hash as "passwordHash" from account
     where username = $1 and class_id is null and disabled_at is null`,
    [username],
  );
  return openSession(db, rows[0], password, 'Username or password is wrong. Check both and try again.');
}

/**
 * Signs a pupil in, with what stands on their card, however it is typed.
 * @throws AppError `not-signed-in` without saying what was wrong: a code alone tells nobody who is in the class.
 */
export async function signInWithCode(
  db: Db,
  card: { code: string; name: string; pin: string },
): Promise<OpenedSession> {
  const { rows } = await db.query<StoredAccount>(
    `select ${COLUMNS}, password_hash as "passwordHash" from account
     where class_id = (select id from class where code = $1 and archived_at is null)
       and name_key = $2 and disabled_at is null`,
    [readCode(card.code), nameKeyOf(card.name)],
  );
  return openSession(
    db,
    rows[0],
    readPin(card.pin),
    'Class code, name or PIN is wrong. Check all three, or ask your teacher for a new PIN.',
  );
}

type StoredAccount = Account & { passwordHash: string };

async function openSession(
  db: Db,
  stored: StoredAccount | undefined,
  password: string,
  refusal: string,
): Promise<OpenedSession> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await matchesPassword(password, stored?.passwordHash ?? (await nobody));
  if (!stored || !matches) throw new AppError('not-signed-in', refusal);
  const { passwordHash: _, ...account } = stored;
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + SESSION_DAYS * 86_400_000);
  await db.query('insert into session (token_hash, account_id, expires_at) values ($1, $2, $3)', [
    hashToken(token),
    account.id,
    expiresAt,
  ]);
  await db.query('update account set signed_in_at = now() where id = $1', [account.id]);
  return { account, token, expiresAt };
}

/** The account of a live session, or null. */
export async function findSession(db: Db, token: string): Promise<Account | null> {
  const { rows } = await db.query<Account>(
    `select ${COLUMNS} from account
     where disabled_at is null
       and id = (select account_id from session where token_hash = $1 and expires_at > now())`,
    [hashToken(token)],
  );
  return rows[0] ?? null;
}

export async function endSession(db: Db, token: string): Promise<void> {
  await db.query('delete from session where token_hash = $1', [hashToken(token)]);
}

/** What the account may see in a search: its organisation and the classes it teaches or attends. */
export async function askerOf(db: Db, account: Account): Promise<Asker> {
  const { rows } = await db.query<{ id: string }>(
    `select class_id::text as id from enrolment where account_id = $1
     union select id::text from class where teacher_id = $1`,
    [account.id],
  );
  return {
    accountId: account.id,
    organisationId: account.organisationId,
    classIds: rows.map(({ id }) => id),
  };
}

/** What demo accounts are called, by their username, which is their role. */
const DEMO_NAMES: Record<Role, string> = {
  teacher: '示例教师 Demo teacher',
  learner: '示例学习者 Demo learner',
  admin: '示例管理员 Demo admin',
};

/** Three demo accounts with fresh passwords, made where there is no account yet; null where there is one. */
export async function createDemoAccounts(
  db: Db,
): Promise<{ username: string; role: Role; password: string }[] | null> {
  const { rows } = await db.query('select 1 from account limit 1');
  if (rows.length > 0) return null;
  return Promise.all(
    (['teacher', 'learner', 'admin'] as const).map(async role => {
      const password = randomBytes(6).toString('base64url');
      await createAccount(db, { username: role, displayName: DEMO_NAMES[role], role, password });
      return { username: role, role, password };
    }),
  );
}

/** Whether the demo accounts are there to be signed in with. */
export async function hasDemoAccounts(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from account where disabled_at is null and display_name = any($1)',
    [Object.values(DEMO_NAMES)],
  );
  return rows[0]!.n >= ROLES.length;
}
