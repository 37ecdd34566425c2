import type { z } from 'zod';
import { AppError } from '../../library/errors.ts';
import { type ResourceInput, resourceInput, type Section } from '../../library/resources.ts';
import { cleanJson } from './clean-text.ts';

/** What every parser delivers: the fields of a resource and its text in reading order. */
export interface ParsedResource {
  input: ResourceInput;
  sections: Section[];
}

/**
 * Checks the fields of a resource, by the names that a manifest uses.
 * @throws AppError `unreadable-resource` naming every field that is wrong.
 */
export function checkFields(fields: unknown): ResourceInput {
  const parsed = resourceInput.safeParse(cleanJson(fields));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.') || 'line'}: ${faultOf(issue)}`);
  throw new AppError('unreadable-resource', faults.join('; '));
}

function faultOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'too_small':
      return 'it is empty or too short';
    case 'too_big':
      return `it is longer than ${issue.maximum} characters`;
    case 'invalid_value':
      return `it must be one of ${issue.values.join(', ')}`;
    case 'invalid_format':
      return 'it must be a date such as 2026-09-01';
    default:
      return 'it is missing or of another type';
  }
}
