import type { Role } from './accounts.ts';
import type { Db } from './db.ts';

/** An account as the admin's list shows it. */
export interface AccountRow {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  /** Names of the classes it teaches or attends. */
  classes: string[];
  /** Signs in with a class code, and not with a password. */
  pupil: boolean;
  signedInAt: Date | null;
  disabled: boolean;
}

/** A class with who teaches it and how many attend. */
export interface ClassRow {
  id: string;
  name: string;
  teacher: string;
  pupils: number;
}

const FITS = `a.organisation_id = $1 and ($2::text is null or a.role = $2)
  and ($3 = '' or strpos(lower(a.display_name), lower($3)) > 0 or strpos(lower(a.username), lower($3)) > 0)`;

/** A page of the accounts that fit, by name, and how many fit in all. */
export async function listAccountRows(
  db: Db,
  filter: {
    organisationId: string;
    role?: Role | undefined;
    /** A part of the name or username. */
    words?: string | undefined;
    offset: number;
    limit: number;
  },
): Promise<{ accounts: AccountRow[]; total: number }> {
  const values = [filter.organisationId, filter.role ?? null, filter.words ?? ''];
  const { rows: accounts } = await db.query<AccountRow>(
    `select a.id::text, a.username, a.display_name as "displayName", a.role, a.signed_in_at as "signedInAt",
       a.class_id is not null as pupil, a.disabled_at is not null as disabled,
       array(select c.name from class c
         where c.teacher_id = a.id or c.id in (select class_id from enrolment where account_id = a.id)
         order by c.name) as classes
     from account a where ${FITS} order by a.display_name, a.id limit $4 offset $5`,
    [...values, filter.limit, filter.offset],
  );
  const { rows } = await db.query<{ total: number }>(
    `select count(*)::int as total from account a where ${FITS}`,
    values,
  );
  return { accounts, total: rows[0]!.total };
}

/** The classes of an organisation by name; one school has a few hundred at most. */
export async function listClassRows(db: Db, organisationId: string): Promise<ClassRow[]> {
  const { rows } = await db.query<ClassRow>(
    `select c.id::text, c.name, t.display_name as teacher,
       (select count(*)::int from enrolment e where e.class_id = c.id) as pupils
     from class c join account t on t.id = c.teacher_id
     where c.organisation_id = $1 order by c.name, c.id limit 1000`,
    [organisationId],
  );
  return rows;
}
