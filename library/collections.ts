import type { Account, Asker } from './accounts.ts';
import { visibilityParameters, visibleTo } from './catalogue.ts';
import type { CollectionItem } from './collection.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/** A collection as lists show it. `holds` says whether the resource that was asked about is in it. */
export interface CollectionCard {
  id: string;
  name: string;
  items: number;
  holds: boolean;
  updatedAt: Date;
}

export interface Collection {
  id: string;
  name: string;
  updatedAt: Date;
  items: CollectionItem[];
}

type Owner = Pick<Account, 'id' | 'organisationId'>;

/** As many as a page shows without turning. */
export const MOST_COLLECTIONS = 200;
export const MOST_ITEMS = 200;

/** The collections of an account, the last changed first. */
export async function listCollections(
  db: Db,
  ownerId: string,
  resourceId: string | null,
): Promise<CollectionCard[]> {
  const { rows } = await db.query<CollectionCard>(
    `select c.id, c.name, c.updated_at as "updatedAt", count(i.resource_id)::int as items,
       coalesce(bool_or(i.resource_id = $2), false) as holds
     from collection c left join collection_item i on i.collection_id = c.id
     where c.owner_id = $1 group by c.id order by c.updated_at desc, c.id`,
    [ownerId, resourceId],
  );
  return rows;
}

/** @throws AppError `invalid-input` when there are too many */
export async function createCollection(db: Db, owner: Owner, name: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into collection (organisation_id, owner_id, name)
     select $1, $2, $3 where (select count(*) from collection where owner_id = $2) < $4 returning id`,
    [owner.organisationId, owner.id, name, MOST_COLLECTIONS],
  );
  if (rows[0]) return rows[0].id;
  throw new AppError(
    'invalid-input',
    `You have ${MOST_COLLECTIONS} collections, which is as many as there can be. Delete one that you no longer need.`,
  );
}

/**
 * A collection of this account with its items in their order.
 * @throws AppError `not-found` also when it is somebody else's
 */
export async function requireCollection(db: Db, id: string, asker: Asker): Promise<Collection> {
  const { rows } = await db.query<Omit<Collection, 'items'>>(
    'select id, name, updated_at as "updatedAt" from collection where id = $1 and owner_id = $2',
    [id, asker.accountId],
  );
  if (!rows[0]) throw noSuchCollection();
  const { rows: items } = await db.query<CollectionItem>(
    `select i.resource_id as "resourceId", coalesce(v.title, i.title) as title, v.description, coalesce(v.language, i.language) as language, v.stage,
       v.subject, v.grade, v.type, v.minutes, v.provider, i.note, v.id is null as withdrawn
     from collection_item i
     left join resource r on r.id = i.resource_id and r.status = 'live' and ${visibleTo(2)}
     left join resource_version v on v.id = r.live_version
     where i.collection_id = $1 order by i.place, i.added_at`,
    [id, ...visibilityParameters(asker)],
  );
  return { ...rows[0], items };
}

/** @throws AppError `not-found` */
export async function renameCollection(db: Db, id: string, ownerId: string, name: string): Promise<void> {
  const { rowCount } = await db.query(
    'update collection set name = $3, updated_at = now() where id = $1 and owner_id = $2',
    [id, ownerId, name],
  );
  if (!rowCount) throw noSuchCollection();
}

/** @throws AppError `not-found` */
export async function deleteCollection(db: Db, id: string, ownerId: string): Promise<void> {
  const { rowCount } = await db.query('delete from collection where id = $1 and owner_id = $2', [
    id,
    ownerId,
  ]);
  if (!rowCount) throw noSuchCollection();
}

/**
 * Puts a resource at the end; one that is there already stays where it is. Run in a transaction.
 * @throws AppError `not-found`, or `invalid-input` when the collection is full
 */
export async function addToCollection(
  db: Db,
  id: string,
  ownerId: string,
  resource: { resourceId: string; title: string; language: string },
): Promise<void> {
  await holdCollection(db, id, ownerId);
  const { rows } = await db.query<{ items: number; holds: boolean }>(
    `select count(*)::int as items, coalesce(bool_or(resource_id = $2), false) as holds
     from collection_item where collection_id = $1`,
    [id, resource.resourceId],
  );
  const { items, holds } = rows[0]!;
  if (holds) return;
  if (items >= MOST_ITEMS) {
    throw new AppError(
      'invalid-input',
      `This collection is full: it holds ${MOST_ITEMS} resources. Begin another one, or take some out.`,
    );
  }
  await db.query(
    `insert into collection_item (collection_id, organisation_id, owner_id, resource_id, title, language, place)
     select c.id, c.organisation_id, c.owner_id, $2, $3, $4,
       (select coalesce(max(place), 0) + 1 from collection_item where collection_id = c.id)
     from collection c where c.id = $1`,
    [id, resource.resourceId, resource.title, resource.language],
  );
}

/** Takes a resource out; it is no error when it was not there. Run in a transaction. @throws AppError `not-found` */
export async function removeFromCollection(
  db: Db,
  id: string,
  ownerId: string,
  resourceId: string,
): Promise<void> {
  await holdCollection(db, id, ownerId);
  await db.query('delete from collection_item where collection_id = $1 and resource_id = $2', [
    id,
    resourceId,
  ]);
}

/** Run in a transaction. @throws AppError `not-found` */
export async function noteItem(
  db: Db,
  id: string,
  ownerId: string,
  { resourceId, note }: { resourceId: string; note: string },
): Promise<void> {
  await holdCollection(db, id, ownerId);
  const { rowCount } = await db.query(
    'update collection_item set note = $3 where collection_id = $1 and resource_id = $2',
    [id, resourceId, note],
  );
  if (!rowCount) {
    throw new AppError(
      'not-found',
      'This resource is not in the collection any more. Add it again to note something.',
    );
  }
}

/**
 * Brings the items into the order of `resourceIds`. What was added meanwhile and is not among them comes after them, as
 * it stood. Run in a transaction. @throws AppError `not-found`
 */
export async function orderCollection(
  db: Db,
  id: string,
  ownerId: string,
  resourceIds: string[],
): Promise<void> {
  await holdCollection(db, id, ownerId);
  await db.query(
    `update collection_item i set place = o.place
     from (select resource_id, row_number() over (order by array_position($2::text[], resource_id) nulls last, place) as place
           from collection_item where collection_id = $1) o
     where i.collection_id = $1 and i.resource_id = o.resource_id`,
    [id, resourceIds],
  );
}

/** Locks the row, so that two windows of one teacher take turns, and notes the change. */
async function holdCollection(db: Db, id: string, ownerId: string): Promise<void> {
  const { rowCount } = await db.query(
    'update collection set updated_at = now() where id = $1 and owner_id = $2',
    [id, ownerId],
  );
  if (!rowCount) throw noSuchCollection();
}

const noSuchCollection = () =>
  new AppError('not-found', 'There is no such collection. Open your list of collections.');
