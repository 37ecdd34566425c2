import { writeAudit } from './audit.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';
import { tellCiting, tellOwner } from './notices.ts';
import type { Visibility } from './resources.ts';

/* What may become of a resource. What the operator imports is live at once; everything else goes by these rules. */

export const STATUSES = ['draft', 'in-review', 'live', 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

interface Rule {
  from: readonly Status[];
  to: Status;
  needsReason: boolean;
}

/** Every way from one status to another; there is no other. */
export const TRANSITIONS = {
  publish: { from: ['draft', 'in-review'], to: 'live', needsReason: false },
  'send-back': { from: ['in-review'], to: 'draft', needsReason: true },
  withdraw: { from: ['live'], to: 'withdrawn', needsReason: true },
  restore: { from: ['withdrawn'], to: 'live', needsReason: false },
} as const satisfies Record<string, Rule>;
export type Transition = keyof typeof TRANSITIONS;
export const TRANSITION_NAMES = Object.keys(TRANSITIONS) as Transition[];

/** What the audit says of a resource. */
export const RESOURCE_ACTIONS = [
  ...TRANSITION_NAMES,
  'visibility',
  'accept-proposal',
  'reject-proposal',
] as const;
export type ResourceAction = (typeof RESOURCE_ACTIONS)[number];

/** Whose change it is, of which resource. An operator's command has no account and may reach any organisation. */
export interface Change {
  resourceId: string;
  by: { accountId: string; organisationId: string } | null;
}

/** The transitions that a resource of this status can take, and whether one has to say why. */
export function transitionsOf(status: Status): { name: Transition; needsReason: boolean }[] {
  return TRANSITION_NAMES.map(name => ({ name, rule: TRANSITIONS[name] as Rule }))
    .filter(({ rule }) => rule.from.includes(status))
    .map(({ name, rule }) => ({ name, needsReason: rule.needsReason }));
}

/**
 * Takes a resource from one status to the next; run in a transaction. Search indexes follow `changed_in` within two
 * seconds, and what they still find is dropped by the last look at the rows.
 * @throws AppError `not-found`; `not-possible` where the rules have no such way; `invalid-input` without a reason that they ask for.
 */
export async function changeStatus(
  db: Db,
  change: Change & { transition: Transition; reason: string | null },
): Promise<void> {
  const { resourceId, by, transition, reason } = change;
  const rule: Rule = TRANSITIONS[transition];
  const before = await lockResource(db, change);
  if (!rule.from.includes(before.status)) throw noSuchWay(resourceId, before.status, transition);
  if (rule.to === 'live' && !before.hasText) {
    throw new AppError('not-possible', `"${resourceId}" has no text yet. Import it first.`);
  }
  if (rule.needsReason && !reason) {
    throw new AppError('invalid-input', `To ${spoken(transition)} a resource takes a reason. Give one.`);
  }
  await db.query(
    `update resource set status = $2, withdrawn_at = case when $2 = 'withdrawn' then now() end, updated_at = now(),
       changed_in = pg_current_xact_id()
     where id = $1`,
    [resourceId, rule.to],
  );
  await writeAudit(db, {
    accountId: by?.accountId ?? null,
    action: transition,
    target: resourceId,
    details: { from: before.status, to: rule.to, reason },
  });
  await tellOwner(db, { resourceId, kind: transition, reason, by: by?.accountId ?? null });
  if (transition === 'withdraw') await tellCiting(db, resourceId, reason);
}

/** Takes a live resource out of every search and answer at once, as a command of the operator; run in a transaction. */
export function withdrawResource(db: Db, resourceId: string, reason: string): Promise<void> {
  return changeStatus(db, { resourceId, by: null, transition: 'withdraw', reason });
}

/**
 * Changes who may see a resource; run in a transaction.
 * @throws AppError `not-found`; `not-possible` for its class or owner when it has none.
 */
export async function changeVisibility(db: Db, change: Change & { visibility: Visibility }): Promise<void> {
  const { resourceId, by, visibility } = change;
  const before = await lockResource(db, change);
  if (visibility === before.visibility) return;
  if (visibility === 'class' && !before.hasClass) {
    throw new AppError('not-possible', `"${resourceId}" belongs to no class. Choose who else may see it.`);
  }
  if (visibility === 'owner' && !before.hasOwner) {
    throw new AppError(
      'not-possible',
      `"${resourceId}" has no owner, so nobody would see it. Withdraw it instead.`,
    );
  }
  await db.query(
    'update resource set visibility = $2, updated_at = now(), changed_in = pg_current_xact_id() where id = $1',
    [resourceId, visibility],
  );
  await writeAudit(db, {
    accountId: by?.accountId ?? null,
    action: 'visibility',
    target: resourceId,
    details: { from: before.visibility, to: visibility },
  });
}

/** @throws AppError `not-found` for a resource that the account did not bring, as for one that is not there */
export async function requireOwn(db: Db, resourceId: string, accountId: string): Promise<void> {
  const { rowCount } = await db.query('select from resource where id = $1 and owner_id = $2', [
    resourceId,
    accountId,
  ]);
  if (!rowCount) throw new AppError('not-found', 'There is no such resource of yours.');
}

interface Standing {
  status: Status;
  visibility: Visibility;
  hasText: boolean;
  hasOwner: boolean;
  hasClass: boolean;
}

/** The row lock lets two who decide at once take turns: the second is judged by what the first left. */
async function lockResource(db: Db, { resourceId, by }: Change): Promise<Standing> {
  const { rows } = await db.query<Standing>(
    `select status, visibility, live_version is not null as "hasText", owner_id is not null as "hasOwner",
       class_id is not null as "hasClass"
     from resource where id = $1 and ($2::bigint is null or organisation_id = $2) for update`,
    [resourceId, by?.organisationId ?? null],
  );
  if (!rows[0]) throw new AppError('not-found', `There is no resource "${resourceId}".`);
  return rows[0];
}

const spoken = (name: string) => name.replace('-', ' ');

function noSuchWay(resourceId: string, status: Status, transition: Transition): AppError {
  const ways = transitionsOf(status)
    .map(({ name }) => spoken(name))
    .join(' or ');
  const { from } = TRANSITIONS[transition];
  return new AppError(
    'not-possible',
    `"${resourceId}" is ${spoken(status)}; only what is ${from.map(spoken).join(' or ')} can be given the change "${spoken(transition)}". What it can take now: ${ways}.`,
  );
}
