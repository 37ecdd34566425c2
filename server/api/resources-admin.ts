import { z } from 'zod';
import { RESOURCE_ACTIONS, STATUSES, TRANSITION_NAMES } from '../../library/life-cycle.ts';
import { VISIBILITIES } from '../../library/resources.ts';
import { date } from './replies.ts';

const status = z.enum(STATUSES);
const visibility = z.enum(VISIBILITIES);

export const resourcesQuery = z.object({
  words: z.string().trim().max(200).default('').describe('a part of the title or id, as it is'),
  status: status.optional(),
  source: z.string().max(500).optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const resourceRow = z.object({
  resourceId: z.string(),
  title: z.string(),
  language: z.string().nullable(),
  status,
  visibility,
  owner: z.string().nullable().describe('null for what the operator imported'),
  className: z.string().nullable(),
  source: z.string(),
  proposed: z.boolean().describe('whether another version waits for a decision'),
  versions: z.number().int(),
  updatedAt: date,
});
export const resourcesReply = z.object({
  resources: z.array(resourceRow),
  total: z.number().int(),
  sources: z.array(z.string()).describe('all there are to filter by, the largest first'),
});
export const auditEntry = z.object({
  action: z.enum(RESOURCE_ACTIONS),
  account: z.string().nullable().describe('null for a command of the operator'),
  details: z.record(z.string(), z.string().nullable()),
  createdAt: date,
});
export const resourceRecord = resourceRow.extend({
  history: z.array(auditEntry).describe('newest first'),
  versionList: z.array(
    z.object({
      versionId: z.string(),
      title: z.string(),
      passages: z.number().int(),
      current: z.boolean(),
      createdAt: date,
    }),
  ),
  citedBy: z.object({ answers: z.number().int(), plans: z.number().int() }),
  passages: z
    .array(z.object({ passageId: z.string(), heading: z.array(z.string()), text: z.string() }))
    .describe('the text of what is not live, to read before deciding; empty otherwise'),
  proposal: z
    .object({
      title: z.string(),
      visibility: visibility.nullable().describe('who would see it then; null where that stays'),
      sections: z.array(z.object({ heading: z.array(z.string()), text: z.string() })),
      createdAt: date,
    })
    .nullable()
    .describe('what it would become, where somebody brought another version'),
  transitions: z
    .array(z.object({ name: z.enum(TRANSITION_NAMES), needsReason: z.boolean() }))
    .describe('what can be done to it as it stands'),
  visibilities: z.array(visibility).describe('what can be chosen: its class or owner only if it has one'),
});
export const nearDuplicatesReply = z.object({
  nearDuplicates: z
    .array(
      z.object({
        resourceId: z.string(),
        title: z.string(),
        resemblance: z.number().describe('about the share of the text that both have, 0 to 1'),
      }),
    )
    .describe('live resources, the most alike first'),
});
export const transitionBody = z
  .object({ reason: z.string().trim().max(500).optional() })
  .nullish()
  .describe('sending back and withdrawing take a reason');
export const proposalBody = z
  .object({ accept: z.boolean(), reason: z.string().trim().max(500).optional() })
  .refine(({ accept, reason }) => accept || reason, 'turning a proposal down takes a reason');
export const visibilityBody = z.object({ visibility });
