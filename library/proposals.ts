import type { Database, Db } from './db.ts';
import { AppError } from './errors.ts';
import { acceptWhole } from './ingestion-runs.ts';
import type { IngestionQueue } from './jobs.ts';
import type { ResourceInput, Section } from './resources.ts';

/** Puts what would change live resources before an admin; a newer proposal takes the place of the one before. */
export async function proposeVersions(
  db: Db,
  proposals: { input: { id: string }; proposal?: string }[],
): Promise<void> {
  await db.query(
    `insert into public.proposal (resource_id, payload)
     select id, payload from unnest($1::text[], $2::text[]) as new(id, payload)
     on conflict (resource_id) do update set payload = excluded.payload, created_at = now()`,
    [proposals.map(({ input }) => input.id), proposals.map(({ proposal }) => proposal)],
  );
}

/** What a proposal says, for the person who decides. */
export interface Proposal {
  createdAt: Date;
  input: ResourceInput;
  sections: Section[];
}

/** The proposal for a resource; null where nothing is proposed. */
export async function findProposal(db: Db, resourceId: string): Promise<Proposal | null> {
  const { rows } = await db.query<{ payload: string; createdAt: Date }>(
    'select payload, created_at as "createdAt" from proposal where resource_id = $1',
    [resourceId],
  );
  if (!rows[0]) return null;
  const { payload, createdAt } = rows[0];
  // The first line says how the rest is to be read: as JSON.
  return { createdAt, ...JSON.parse(payload.slice(payload.indexOf('\n') + 1)) };
}

/**
 * Makes a proposal the live version: it goes through ingestion once more, as if an operator had brought it.
 * @returns the run that it goes through
 * @throws AppError `not-found` when nothing is proposed, as when somebody else has decided already.
 */
export async function acceptProposal(
  deps: { database: Database; queue: IngestionQueue },
  resourceId: string,
  accountId: string,
): Promise<{ runId: string }> {
  const { runId, rings } = await deps.database.transaction(async db => {
    const payload = await takeProposal(db, resourceId, accountId, 'accept-proposal');
    return acceptWhole(db, { label: resourceId }, [{ place: resourceId, resourceId, payload }]);
  });
  await deps.queue.ring(rings);
  return { runId };
}

/** Throws a proposal away; the live version stays. @throws AppError `not-found` */
export async function rejectProposal(db: Db, resourceId: string, accountId: string): Promise<void> {
  await takeProposal(db, resourceId, accountId, 'reject-proposal');
}

async function takeProposal(db: Db, resourceId: string, accountId: string, action: string): Promise<string> {
  const { rows } = await db.query<{ payload: string }>(
    `with taken as (delete from proposal where resource_id = $1 returning payload),
       written as (insert into audit (account_id, action, target) select $2::bigint, $3, $1 from taken)
     select payload from taken`,
    [resourceId, accountId, action],
  );
  if (!rows[0]) {
    throw new AppError('not-found', `Nothing is proposed for "${resourceId}" any more. Load the page again.`);
  }
  return rows[0].payload;
}
