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
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.') || 'line'}: ${issue.message}`);
  throw new AppError('unreadable-resource', faults.join('; '));
}
