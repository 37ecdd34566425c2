import { expect } from 'vitest';
import type { Db } from '../library/db.ts';

/** What must hold in the library at rest, whatever was killed before: each query finds the rows that break it. */
const INVARIANTS: Record<string, string> = {
  'a resource without a live version, or whose live version is another resource’s': `select r.id from resource r left join resource_version v on v.id = r.live_version
     where r.status in ('live', 'withdrawn') and v.resource_id is distinct from r.id`,
  'a live version with fewer or more passages than it counts, or with gaps in their order': `select v.id from resource r join resource_version v on v.id = r.live_version
     left join passage p on p.version_id = v.id
     group by v.id
     having count(p.id) <> v.passage_count or min(p.ordinal) <> 0 or max(p.ordinal) <> v.passage_count - 1`,
  'a live passage without exactly one embedding in the live space': `select p.id from resource r join passage p on p.version_id = r.live_version
     left join embedding e on e.passage_id = p.id
       and e.space_id = (select id from embedding_space where state = 'live')
     group by p.id having count(e.passage_id) <> 1`,
  'an embedding of a passage that is not live': `select e.passage_id from embedding e join passage p on p.id = e.passage_id
     join resource_version v on v.id = p.version_id join resource r on r.id = v.resource_id
     where r.live_version <> v.id`,
  'an embedding whose vector has another size than its space': `select e.passage_id from embedding e join embedding_space s on s.id = e.space_id
     where vector_dims(e.vector) <> s.dimensions`,
  'the same content stored twice for one resource': `select resource_id from resource_version group by resource_id, content_hash having count(*) > 1`,
  'a version that was stored but never became live, nor follows one that did': `select v.id from resource_version v join resource r on r.id = v.resource_id where v.id > r.live_version`,
  'more than one live embedding space': `select 1 from embedding_space where state = 'live' having count(*) > 1`,
  'an item that waits without a payload, or one in a final state that keeps it though nobody can try it again': `select batch_id, ordinal from ingestion_item
     where (state = 'waiting' and payload is null) or (state not in ('waiting', 'failed') and payload is not null)`,
  'a part of a file that is not accounted for': `select unpacked.batch_id from ingestion_item unpacked join ingestion_batch b on b.id = unpacked.batch_id
     where unpacked.state = 'unpacked' and not exists (select from ingestion_item part
       join ingestion_batch of on of.id = part.batch_id
       where of.run_id = b.run_id and part.place like replace(replace(replace(unpacked.place, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '#%')`,
  'an item that waits in a batch that is done': `select i.batch_id from ingestion_item i join ingestion_batch b on b.id = i.batch_id
     where i.state = 'waiting' and b.state = 'done'`,
  'an item said to be stored whose resource is not there': `select i.resource_id from ingestion_item i left join resource r on r.id = i.resource_id
     where i.state in ('added', 'updated', 'unchanged') and r.id is null`,
  'a run said to be done with a batch that is not': `select run.id from ingestion_run run join ingestion_batch b on b.run_id = run.id
     where run.state = 'done' and b.state <> 'done'`,
};

/** What must hold besides when nothing is left to do. */
const AT_REST: Record<string, string> = {
  'a batch that is not done': `select id from ingestion_batch where state <> 'done'`,
  'an item that failed': `select resource_id, reason from ingestion_item where state = 'failed'`,
};

async function findBreaches(db: Db, invariants: Record<string, string>): Promise<Record<string, unknown[]>> {
  const breaches: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(invariants)) {
    const { rows } = await db.query(`${sql} limit 5`);
    if (rows.length > 0) breaches[name] = rows;
  }
  return breaches;
}

/** Fails with the first rows of every invariant that is broken; `atRest` when ingestion should have ended. */
export async function expectInvariants(db: Db, { atRest }: { atRest: boolean }): Promise<void> {
  expect(await findBreaches(db, atRest ? { ...INVARIANTS, ...AT_REST } : INVARIANTS)).toEqual({});
}
