import { writeAudit } from './audit.ts';
import type { Database, Db } from './db.ts';
import { AppError } from './errors.ts';
import { acceptWhole, type Upload } from './ingestion-runs.ts';
import type { IngestionQueue } from './jobs.ts';
import { tellOwner } from './notices.ts';
import type { ResourceInput, Section, Visibility } from './resources.ts';

/** Puts what would change live resources before an admin; a newer proposal takes the place of the one before. */
export async function proposeVersions(
  db: Db,
  proposals: {
    input: { id: string };
    proposal?: string;
    shownTo: Pick<Upload, 'visibility' | 'classId'> | null;
  }[],
): Promise<void> {
  await db.query(
    `insert into public.proposal (resource_id, payload, visibility, class_id)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
     on conflict (resource_id) do update set payload = excluded.payload, visibility = excluded.visibility,
       class_id = excluded.class_id, created_at = now()`,
    [
      proposals.map(({ input }) => input.id),
      proposals.map(({ proposal }) => proposal),
      proposals.map(({ shownTo }) => shownTo?.visibility ?? null),
      proposals.map(({ shownTo }) => shownTo?.classId ?? null),
    ],
  );
}

/** What a proposal says, for the person who decides. */
export interface Proposal {
  createdAt: Date;
  /** Who would see it then; null where that stays. */
  visibility: Visibility | null;
  input: ResourceInput;
  sections: Section[];
}

/** The proposal for a resource; null where nothing is proposed. */
export async function findProposal(db: Db, resourceId: string): Promise<Proposal | null> {
  const { rows } = await db.query<{ payload: string; visibility: Visibility | null; createdAt: Date }>(
    'select payload, visibility, created_at as "createdAt" from proposal where resource_id = $1',
    [resourceId],
  );
  if (!rows[0]) return null;
  const { payload, visibility, createdAt } = rows[0];
  // The first line says how the rest is to be read: as JSON.
  return { createdAt, visibility, ...JSON.parse(payload.slice(payload.indexOf('\n') + 1)) };
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
    const payload = await takeProposal(db, {
      resourceId,
      accountId,
      action: 'accept-proposal',
      reason: null,
    });
    return acceptWhole(db, { label: resourceId }, [{ place: resourceId, resourceId, payload }]);
  });
  await deps.queue.ring(rings);
  return { runId };
}

/** Turns a proposal down; the live version stays. Run in a transaction. @throws AppError `not-found` */
export async function rejectProposal(
  db: Db,
  resourceId: string,
  accountId: string,
  reason: string | null,
): Promise<void> {
  await takeProposal(db, { resourceId, accountId, action: 'reject-proposal', reason });
}

/** Takes the proposal away, writes down who decided, and tells whose it was. */
async function takeProposal(
  db: Db,
  decision: {
    resourceId: string;
    accountId: string;
    action: 'accept-proposal' | 'reject-proposal';
    reason: string | null;
  },
): Promise<string> {
  const { resourceId, accountId, action, reason } = decision;
  const { rows } = await db.query<{ payload: string }>(
    `with taken as (delete from proposal where resource_id = $1 returning *),
       shown as (update resource r set visibility = t.visibility, class_id = t.class_id, updated_at = now(),
           changed_in = pg_current_xact_id()
         from taken t where r.id = t.resource_id and t.visibility is not null and $2 = 'accept-proposal')
     select payload from taken`,
    [resourceId, action],
  );
  if (!rows[0]) {
    throw new AppError('not-found', `Nothing is proposed for "${resourceId}" any more. Load the page again.`);
  }
  await writeAudit(db, { accountId, action, target: resourceId, details: { reason } });
  await tellOwner(db, { resourceId, kind: action, reason, by: accountId });
  return rows[0].payload;
}
