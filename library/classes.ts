import type { Account } from './accounts.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import type { Stage } from './resources.ts';

/** A class as lists show it; who is no teacher of it sees `own` false. */
export interface ClassCard {
  id: string;
  name: string;
  stage: Stage | null;
  code: string;
  teacher: string;
  own: boolean;
  pupils: number;
  archived: boolean;
}

export interface Class extends ClassCard {
  members: { id: string; name: string }[];
}

/** Who looks after a class: its teacher, and every admin of the organisation. */
export type Manager = Pick<Account, 'id' | 'organisationId' | 'role'>;

/** More than a page can show is no class. */
const MOST_CLASSES = 200;

/** SQL that is true for the classes (alias `c`) that a manager looks after; its parameters are `managerValues`, $1 to $3. */
export const MANAGED = '(c.organisation_id = $1::bigint and (c.teacher_id = $2::bigint or $3::boolean))';
export const managerValues = ({ id, organisationId, role }: Manager) => [
  organisationId,
  id,
  role === 'admin',
];

const CARD = `c.id::text, c.name, c.stage, c.code, t.display_name as teacher, c.teacher_id = $2::bigint as own,
  (select count(*)::int from account p where p.class_id = c.id) as pupils, c.archived_at is not null as archived`;

/** The classes that an account looks after: its own first, the archived last, and each kind by name. */
export async function listClasses(db: Db, manager: Manager): Promise<ClassCard[]> {
  const { rows } = await db.query<ClassCard>(
    `select ${CARD} from class c join account t on t.id = c.teacher_id where ${MANAGED}
     order by archived, own desc, c.name, c.id`,
    managerValues(manager),
  );
  return rows;
}

/** @throws AppError `not-found` also when it is somebody else's */
export async function requireClass(db: Db, id: string, manager: Manager): Promise<Class> {
  const { rows } = await db.query<ClassCard>(
    `select ${CARD} from class c join account t on t.id = c.teacher_id where ${MANAGED} and c.id = $4`,
    [...managerValues(manager), id],
  );
  if (!rows[0]) throw noSuchClass();
  const { rows: members } = await db.query<Class['members'][number]>(
    'select id::text, display_name as name from account where class_id = $1 order by display_name, id',
    [id],
  );
  return { ...rows[0], members };
}

/** What the classes are called that an account attends. */
export async function attendedClasses(db: Db, accountId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select c.name from enrolment e join class c on c.id = e.class_id
     where e.account_id = $1 and c.archived_at is null order by c.name`,
    [accountId],
  );
  return rows.map(({ name }) => name);
}

/** Makes a class of this teacher, with a code of its own. @throws AppError `invalid-input` when there are too many */
export async function createClass(
  db: Db,
  teacher: Manager,
  { name, stage }: { name: string; stage: Stage | null },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into class (organisation_id, teacher_id, name, stage)
     select $1, $2, $3, $4 where (select count(*) from class where teacher_id = $2 and archived_at is null) < $5 returning id::text`,
    [teacher.organisationId, teacher.id, name, stage, MOST_CLASSES],
  );
  if (rows[0]) return rows[0].id;
  throw new AppError(
    'invalid-input',
    `You have ${MOST_CLASSES} classes, which is as many as there can be. Archive one that you no longer need.`,
  );
}

/** @throws AppError `not-found` */
export async function renameClass(db: Db, id: string, manager: Manager, name: string): Promise<void> {
  const { rowCount } = await db.query(`update class c set name = $5 where ${MANAGED} and c.id = $4`, [
    ...managerValues(manager),
    id,
    name,
  ]);
  if (!rowCount) throw noSuchClass();
}

/** Gives a class another code; the old one signs nobody in any more. Run in a transaction. @throws AppError `not-found` */
export async function renewCode(db: Db, id: string, manager: Manager): Promise<void> {
  const { rowCount } = await db.query(`update class c set code = default where ${MANAGED} and c.id = $4`, [
    ...managerValues(manager),
    id,
  ]);
  if (!rowCount) throw noSuchClass();
  await noteClass(db, 'renew-code', id, manager);
}

/**
 * Closes a class, which ends the sessions of its pupils, or opens it again; nothing is deleted. Run in a transaction.
 * @throws AppError `not-found`
 */
export async function archiveClass(db: Db, id: string, manager: Manager, archived: boolean): Promise<void> {
  const { rowCount } = await db.query(
    `update class c set archived_at = case when $5::boolean then coalesce(c.archived_at, now()) end
     where ${MANAGED} and c.id = $4`,
    [...managerValues(manager), id, archived],
  );
  if (!rowCount) throw noSuchClass();
  if (archived) {
    await db.query('delete from session where account_id in (select id from account where class_id = $1)', [
      id,
    ]);
  }
  await noteClass(db, archived ? 'archive-class' : 'reopen-class', id, manager);
}

async function noteClass(db: Db, action: string, id: string, manager: Manager): Promise<void> {
  await db.query('insert into audit (account_id, action, target) values ($1, $2, $3)', [
    manager.id,
    action,
    id,
  ]);
}

export const noSuchClass = () =>
  new AppError('not-found', 'There is no such class. Open your list of classes.');
