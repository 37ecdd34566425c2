import type { ResourceStatus } from '../api/types.ts';

/** In the order in which a resource goes through them. */
export const STATUSES = [
  'draft',
  'in-review',
  'live',
  'withdrawn',
] as const satisfies readonly ResourceStatus[];
