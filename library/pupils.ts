import { randomUUID } from 'node:crypto';
import { hashPassword } from './accounts.ts';
import { nameKeyOf, newPin } from './class-code.ts';
import { MANAGED, type Manager, managerValues, noSuchClass } from './classes.ts';
import type { Database, Db } from './db.ts';
import { AppError } from './errors.ts';

/** A pupil with the PIN that was just made for them: only its hash is kept, so this is the one time it is seen. */
export interface PupilCard {
  id: string;
  name: string;
  pin: string;
}

/** Two full classes: more belongs into another one. */
export const MOST_PUPILS = 120;
const LONGEST_NAME = 60;

/**
 * Makes an account for each name, in the class and with a PIN. All or none: where a name cannot be had, nothing is added.
 * @throws AppError `not-found`; `conflict` naming in `details.repeated` who is there twice; `invalid-input` naming in
 *   `details.unusable` what is no name, or when the class would be too full
 */
export async function addPupils(
  { db, transaction }: Pick<Database, 'db' | 'transaction'>,
  id: string,
  manager: Manager,
  typed: string[],
): Promise<PupilCard[]> {
  const names = readNames(typed);
  await requireRoom(db, id, manager, names);
  const pupils: (PupilCard & { hash: string })[] = [];
  // One after the other and outside of the transaction: half a hundred hashes at once would hold up everyone else.
  for (const name of names) {
    const pin = newPin();
    pupils.push({ id: '', name, pin, hash: await hashPassword(pin) });
  }
  return transaction(async tx => {
    await holdClass(tx, id, manager);
    await requireRoom(tx, id, manager, names);
    const ids = await insertPupils(tx, id, manager, pupils);
    return pupils.map(({ name, pin }) => ({ id: ids.get(nameKeyOf(name))!, name, pin }));
  });
}

/** The ids of the new accounts by the key of their names. */
async function insertPupils(
  db: Db,
  classId: string,
  manager: Manager,
  pupils: { name: string; hash: string }[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; key: string }>(
    `with made as (
       insert into account
         (organisation_id, username, display_name, role, stage, language, password_hash, class_id, name_key)
       select c.organisation_id, p.username, p.name, 'learner', c.stage, t.language, p.hash, c.id, p.key
       from class c join account t on t.id = c.teacher_id,
         unnest($2::text[], $3::text[], $4::text[], $5::text[]) as p(username, name, key, hash)
       where c.id = $1 returning id, display_name, name_key),
     enrolled as (insert into enrolment (class_id, account_id) select $1, id from made),
     noted as (insert into audit (account_id, action, target, details)
       select $6, 'add-pupil', id::text, jsonb_build_object('class', $1::bigint, 'name', display_name) from made)
     select id::text, name_key as key from made`,
    [
      classId,
      // Nobody types it: it only keeps what every account has.
      pupils.map(() => `pupil-${randomUUID()}`),
      pupils.map(({ name }) => name),
      pupils.map(({ name }) => nameKeyOf(name)),
      pupils.map(({ hash }) => hash),
      manager.id,
    ],
  );
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Gives a pupil another PIN and ends their sessions. @throws AppError `not-found` */
export async function renewPin(
  { transaction }: Pick<Database, 'transaction'>,
  { classId, pupilId }: { classId: string; pupilId: string },
  manager: Manager,
): Promise<PupilCard> {
  const pin = newPin();
  const hash = await hashPassword(pin);
  return transaction(async tx => {
    await holdClass(tx, classId, manager);
    const { rows } = await tx.query<{ name: string }>(
      `with changed as (
         update account set password_hash = $3 where id = $1 and class_id = $2 returning id, display_name),
       ended as (delete from session where account_id in (select id from changed))
       select display_name as name from changed`,
      [pupilId, classId, hash],
    );
    if (!rows[0]) throw noSuchPupil();
    await notePupil(tx, 'new-pin', { classId, pupilId, name: rows[0].name }, manager);
    return { id: pupilId, name: rows[0].name, pin };
  });
}

/** Deletes a pupil's account with everything they asked. Run in a transaction. @throws AppError `not-found` */
export async function removePupil(
  db: Db,
  { classId, pupilId }: { classId: string; pupilId: string },
  manager: Manager,
): Promise<void> {
  await holdClass(db, classId, manager);
  const { rows } = await db.query<{ name: string }>(
    'delete from account where id = $1 and class_id = $2 returning display_name as name',
    [pupilId, classId],
  );
  if (!rows[0]) throw noSuchPupil();
  await notePupil(db, 'remove-pupil', { classId, pupilId, name: rows[0].name }, manager);
}

async function notePupil(
  db: Db,
  action: string,
  { classId, pupilId, name }: { classId: string; pupilId: string; name: string },
  manager: Manager,
): Promise<void> {
  await db.query(
    `insert into audit (account_id, action, target, details)
     values ($1, $2, $3, jsonb_build_object('class', $4::bigint, 'name', $5::text))`,
    [manager.id, action, pupilId, classId, name],
  );
}

/** Names as they will be shown; empty lines are no names. */
function readNames(typed: string[]): string[] {
  const names = typed.map(name => name.trim().replace(/\s+/gu, ' ')).filter(name => name !== '');
  const unusable = names.filter(name => name.length > LONGEST_NAME || nameKeyOf(name) === '');
  if (unusable.length > 0) {
    throw new AppError(
      'invalid-input',
      `Nobody was added. A name has letters and at most ${LONGEST_NAME} of them: ${unusable.join(', ')}`,
      { details: { unusable } },
    );
  }
  if (names.length === 0) throw new AppError('invalid-input', 'There is no name. Write one a line.');
  const keys = names.map(nameKeyOf);
  refuseRepeated(names.filter((_, at) => keys.indexOf(keys[at]!) < at));
  return names;
}

/** Refuses names that are in the class already, and more than fit. */
async function requireRoom(db: Db, id: string, manager: Manager, names: string[]): Promise<void> {
  const { rows } = await db.query<{ keys: string[] }>(
    `select array(select p.name_key from account p where p.class_id = c.id) as keys
     from class c where ${MANAGED} and c.id = $4`,
    [...managerValues(manager), id],
  );
  if (!rows[0]) throw noSuchClass();
  const taken = new Set(rows[0].keys);
  refuseRepeated(names.filter(name => taken.has(nameKeyOf(name))));
  if (taken.size + names.length <= MOST_PUPILS) return;
  throw new AppError(
    'invalid-input',
    `Nobody was added. A class has room for ${MOST_PUPILS} pupils; this one has ${taken.size}. Make another class for the rest.`,
    { details: { room: MOST_PUPILS - taken.size } },
  );
}

function refuseRepeated(repeated: string[]): void {
  if (repeated.length === 0) return;
  throw new AppError(
    'conflict',
    `Nobody was added, because pupils sign in with their name and these would be twice in the class: ${repeated.join(', ')}. Add something that tells them apart.`,
    { details: { repeated } },
  );
}

/** Locks the row, so that two windows take turns. */
async function holdClass(db: Db, id: string, manager: Manager): Promise<void> {
  const { rows } = await db.query(`select 1 from class c where ${MANAGED} and c.id = $4 for update`, [
    ...managerValues(manager),
    id,
  ]);
  if (!rows[0]) throw noSuchClass();
}

const noSuchPupil = () =>
  new AppError('not-found', 'This pupil is not in the class any more. Load the page again.');
