import type { Outcome } from '../api/types.ts';

export const OUTCOMES = [
  'answered',
  'no-evidence',
  'refused',
  'needs-a-human',
  'limit-reached',
] as const satisfies readonly Outcome[];

export const isOutcome = (value: unknown): value is Outcome => OUTCOMES.includes(value as Outcome);
